// SPDX-License-Identifier: Apache-2.0

/// Says on a terminal how far a long audit is; nothing where nobody watches.
struct AuditProgress {
    private static let interval = Duration.milliseconds(250)

    private let terminal: Terminal
    private var next = ContinuousClock.now + Self.interval
    private var isShown = false

    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Shows the counts, unless it has just done so.
    mutating func show(fileCount: Int, byteCount: Int) {
        guard terminal.errorIsTerminal, ContinuousClock.now >= next else { return }
        next = .now + Self.interval
        isShown = true
        let files = fileCount == 1 ? "1 file" : "\(fileCount) files"
        write("\r\u{1B}[K\(byteCount / 1_000_000) MB of \(files) ...")
    }

    /// Takes the counts away, before something else is written.
    mutating func clear() {
        if isShown { write("\r\u{1B}[K") }
        isShown = false
    }

    private func write(_ text: String) {
        try? terminal.writeError(Array(text.utf8).span)
    }
}
