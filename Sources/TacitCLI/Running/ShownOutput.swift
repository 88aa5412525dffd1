// SPDX-License-Identifier: Apache-2.0
internal import Redaction
internal import RunEngine
internal import Synchronization

/// Looks at what a step shows on the terminal, as there is no log to look at afterwards.
final class ShownOutput: OutputSink {
    private struct State {
        var audit: LeakAudit?
        var scanner = LeakScanner()
        var places = LeakPlaces()
        var findings: [LeakFinding] = []
        var byteCount = 0
    }

    private let name: String
    private let redactor: Redactor
    private let state = Mutex(State())

    init(_ name: String, _ redactor: Redactor) {
        self.name = name
        self.redactor = redactor
    }

    func write(_ bytes: borrowing Span<UInt8>) throws {
        state.withLock { state in
            state.byteCount += bytes.count
            var windows: [LeakWindow] = []
            state.scanner.feed(bytes) { windows.append($0) }
            for window in windows { examine(window, &state) }
        }
    }

    func finish() throws {}

    /// What was found, the rest of the output included; called once, after the output's end.
    func conclude() -> (name: String, findings: [LeakFinding], byteCount: Int) {
        state.withLock { state in
            examine(state.scanner.finish(), &state)
            return (name, state.findings, state.byteCount)
        }
    }

    private func examine(_ window: LeakWindow, _ state: inout State) {
        if window.isEmpty { return }
        let known = state.audit.flatMap { $0.isOutdated(by: redactor) ? nil : $0 }
        let audit = known ?? LeakAudit(redactor)
        state.audit = audit
        state.places.add(audit.examine(window)) { state.findings.append($0) }
    }
}
