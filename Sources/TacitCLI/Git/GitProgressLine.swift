// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform
internal import Synchronization

/// Shows how far git's work is: on a terminal a line that is written over, elsewhere nothing.
final class GitProgressLine: Sendable {
    private struct State {
        var width = 0
        /// When the first bytes came.
        var start: ContinuousClock.Instant?
    }

    private let terminal: Terminal
    private let isShown: Bool
    private let state = Mutex(State())

    init(_ terminal: Terminal) {
        self.terminal = terminal
        isShown = terminal.errorIsTerminal
    }

    func show(_ progress: GitProgress) {
        if !isShown { return }
        state.withLock { state in
            let now = ContinuousClock.now
            let start = state.start ?? now
            state.start = start
            let text = Self.text(progress, after: now - start)
            let padding = String(repeating: " ", count: max(0, state.width - text.utf8.count))
            state.width = text.utf8.count
            try? terminal.writeError(Array("\r\(text)\(padding)".utf8).span)
        }
    }

    /// Clears the line.
    func finish() {
        state.withLock { state in
            if state.width == 0 { return }
            let blank = String(repeating: " ", count: state.width)
            try? terminal.writeError(Array("\r\(blank)\r".utf8).span)
            state.width = 0
        }
    }

    static func text(_ progress: GitProgress, after time: Duration) -> String {
        let count = progress.total > 0 ? "\(progress.done)/\(progress.total)" : "\(progress.done)"
        switch progress.phase {
        case .receiving:
            let seconds =
                Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            let rate = seconds > 0.2 ? Int(Double(progress.byteCount) / seconds) : 0
            let speed = rate > 0 ? ", \(size(rate))/s" : ""
            return "tacit: receiving objects \(count), \(size(progress.byteCount))\(speed)"
        case .resolving: return "tacit: resolving deltas \(count)"
        case .checkingOut: return "tacit: checking out files \(count)"
        }
    }

    /// Bytes in a unit that people read.
    static func size(_ byteCount: Int) -> String {
        if byteCount < 10_000 { return "\(byteCount) B" }
        if byteCount < 10_000_000 { return "\(byteCount / 1000) kB" }
        return "\(byteCount / 1_000_000) MB"
    }
}
