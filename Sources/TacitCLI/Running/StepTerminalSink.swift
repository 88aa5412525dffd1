// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunEngine
internal import Synchronization

/// Shows a step's output on the terminal, each line behind the step's name: `[build] compiling`.
///
/// A partial line (a prompt) is shown as it comes; the next bytes go on behind it.
final class StepTerminalSink: OutputSink {
    private struct State: ~Copyable {
        var buffer = ByteBuffer(capacity: 64 * 1024)
        var isAtLineStart = true
    }

    private let prefix: [UInt8]
    /// The time that stands before each line; `nil` for none.
    private let timestamp: (@Sendable () -> String)?
    private let write: @Sendable (Span<UInt8>) throws -> Void
    private let state = Mutex(State())

    init(
        label: String,
        timestamp: (@Sendable () -> String)?,
        write: @escaping @Sendable (Span<UInt8>) throws -> Void
    ) {
        prefix = Array("[\(label)] ".utf8)
        self.timestamp = timestamp
        self.write = write
    }

    func write(_ bytes: borrowing Span<UInt8>) throws {
        try state.withLock { state in
            state.buffer.removeAll()
            var position = 0
            while position < bytes.count {
                if state.isAtLineStart {
                    if let timestamp { state.buffer.append(Array((timestamp() + " ").utf8).span) }
                    let prefix = prefix
                    state.buffer.append(prefix.span)
                }
                let newline = ByteSearch.first(UInt8(ascii: "\n"), in: bytes, from: position)
                let end = newline.map { $0 + 1 } ?? bytes.count
                state.buffer.append(bytes, position..<end)
                state.isAtLineStart = newline != nil
                position = end
            }
            try state.buffer.withBytes { try write($0) }
        }
    }

    func finish() throws {
        try state.withLock { state in
            if !state.isAtLineStart { try write([UInt8(ascii: "\n")].span) }
            state.isAtLineStart = true
        }
    }
}
