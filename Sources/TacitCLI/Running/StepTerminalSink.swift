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
        /// What may be shown of the bytes that came.
        var safe: [UInt8] = []
        /// `nil` where nothing acts on what is shown: in a file or a pipe.
        var guardian: TerminalGuard?
        var isAtLineStart = true
    }

    private let prefix: [UInt8]
    /// The time that stands before each line; `nil` for none.
    private let timestamp: (@Sendable () -> String)?
    private let write: @Sendable (Span<UInt8>) throws -> Void
    private let state: Mutex<State>

    init(
        label: String,
        timestamp: (@Sendable () -> String)?,
        guardian: TerminalGuard? = nil,
        write: @escaping @Sendable (Span<UInt8>) throws -> Void
    ) {
        prefix = Array("[\(label)] ".utf8)
        self.timestamp = timestamp
        self.write = write
        state = Mutex(State(guardian: guardian))
    }

    func write(_ bytes: borrowing Span<UInt8>) throws {
        let isGuarded = state.withLock { state in
            state.safe.removeAll(keepingCapacity: true)
            state.guardian?.write(bytes, to: &state.safe)
            return state.guardian != nil
        }
        if !isGuarded { return try show(bytes) }
        let safe = state.withLock { $0.safe }
        if !safe.isEmpty { try show(safe.span) }
    }

    private func show(_ bytes: borrowing Span<UInt8>) throws {
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
        let rest = state.withLock { state in
            state.safe.removeAll(keepingCapacity: true)
            state.guardian?.finish(to: &state.safe)
            return state.safe
        }
        if !rest.isEmpty { try show(rest.span) }
        try state.withLock { state in
            if !state.isAtLineStart { try write([UInt8(ascii: "\n")].span) }
            state.isAtLineStart = true
        }
    }
}
