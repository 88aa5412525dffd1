// SPDX-License-Identifier: Apache-2.0
internal import RunEngine
internal import Synchronization

/// Shows a step's output on the terminal, each line behind the step's name: `[build] compiling`.
final class StepTerminalSink: OutputSink {
    private struct State {
        /// `nil` where nothing acts on what is shown.
        var guardian: TerminalGuard?
        /// What may be shown of the bytes that came.
        var safe: [UInt8] = []
    }

    private let lines: TerminalLines
    private let number: Int
    private let state: Mutex<State>

    init(label: String, lines: TerminalLines, guardian: TerminalGuard?) {
        self.lines = lines
        number = lines.add(label: label)
        state = Mutex(State(guardian: guardian))
    }

    func write(_ bytes: borrowing Span<UInt8>) throws {
        let safe = state.withLock { state -> [UInt8]? in
            state.safe.removeAll(keepingCapacity: true)
            state.guardian?.write(bytes, to: &state.safe)
            return state.guardian == nil ? nil : state.safe
        }
        guard let safe else { return try lines.write(bytes, by: number) }
        if !safe.isEmpty { try lines.write(safe.span, by: number) }
    }

    func finish() throws {
        let rest = state.withLock { state in
            state.safe.removeAll(keepingCapacity: true)
            state.guardian?.finish(to: &state.safe)
            return state.safe
        }
        if !rest.isEmpty { try lines.write(rest.span, by: number) }
        try lines.remove(number)
    }
}
