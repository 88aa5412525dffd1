// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// The output of steps that may run at once, on one terminal: each line behind the name of its step, and no
/// line torn by another.
///
/// While one step runs alone its output is shown as it comes, a partial line (a prompt) too. While several
/// run, a line is shown when it is whole.
final class TerminalLines: Sendable {
    /// A longer line is shown in pieces.
    private static let heldByteLimit = 64 * 1024

    private struct Writer {
        var prefix: [UInt8]
        var isAtLineStart = true
        /// The beginning of a line that is not whole yet.
        var held: [UInt8] = []
    }

    private struct State: ~Copyable {
        var writers: [Int: Writer] = [:]
        var next = 0
        /// Whose line is unfinished on the terminal.
        var open: Int?
        var buffer = ByteBuffer(capacity: 64 * 1024)
    }

    /// The time that stands before each line; `nil` for none.
    private let timestamp: (@Sendable () -> String)?
    private let write: @Sendable (Span<UInt8>) throws -> Void
    private let state = Mutex(State())

    init(
        timestamp: (@Sendable () -> String)?,
        write: @escaping @Sendable (Span<UInt8>) throws -> Void
    ) {
        self.timestamp = timestamp
        self.write = write
    }

    /// Adds a writer whose lines stand behind `[label]`; returns its number.
    func add(label: String) -> Int {
        state.withLock { state in
            state.next += 1
            state.writers[state.next] = Writer(prefix: Array("[\(label)] ".utf8))
            return state.next
        }
    }

    /// Shows what can be shown of a writer's next bytes.
    func write(_ bytes: borrowing Span<UInt8>, by number: Int) throws {
        try state.withLock { state in
            guard var writer = state.writers[number] else { return }
            state.buffer.removeAll()
            let shown =
                state.writers.count == 1 || writer.held.count > Self.heldByteLimit
                ? bytes.count : TerminalLines.wholeLines(in: bytes)
            if shown > 0 {
                begin(&state, number)
                let held = writer.held
                writer.held = []
                append(held.span, 0..<held.count, &writer, &state.buffer)
                append(bytes, 0..<shown, &writer, &state.buffer)
            }
            for index in shown..<bytes.count { writer.held.append(bytes[index]) }
            state.open = shown > 0 && !writer.isAtLineStart ? number : state.open
            state.writers[number] = writer
            try flush(&state)
        }
    }

    /// Ends a writer's last line and forgets the writer; one that is left alone is shown as it comes.
    func remove(_ number: Int) throws {
        try state.withLock { state in
            guard var writer = state.writers.removeValue(forKey: number) else { return }
            state.buffer.removeAll()
            end(&writer, number, &state)
            if state.writers.count == 1, let (last, left) = state.writers.first,
                !left.held.isEmpty
            {
                var other = left
                begin(&state, last)
                let held = other.held
                other.held = []
                append(held.span, 0..<held.count, &other, &state.buffer)
                state.open = other.isAtLineStart ? nil : last
                state.writers[last] = other
            }
            try flush(&state)
        }
    }

    private func end(_ writer: inout Writer, _ number: Int, _ state: inout State) {
        if !writer.held.isEmpty {
            begin(&state, number)
            let held = writer.held
            append(held.span, 0..<held.count, &writer, &state.buffer)
        }
        if !writer.isAtLineStart { state.buffer.append([UInt8(ascii: "\n")].span) }
        if state.open == number { state.open = nil }
    }

    /// Ends the unfinished line of another writer, which goes on behind its name again.
    private func begin(_ state: inout State, _ number: Int) {
        guard let open = state.open, open != number else { return }
        state.buffer.append([UInt8(ascii: "\n")].span)
        state.writers[open]?.isAtLineStart = true
        state.open = nil
    }

    private func flush(_ state: inout State) throws {
        try state.buffer.withBytes { bytes in
            if bytes.count > 0 { try write(bytes) }
        }
    }

    private func append(
        _ bytes: borrowing Span<UInt8>,
        _ range: Range<Int>,
        _ writer: inout Writer,
        _ buffer: inout ByteBuffer
    ) {
        var position = range.lowerBound
        while position < range.upperBound {
            if writer.isAtLineStart {
                if let timestamp { buffer.append(Array((timestamp() + " ").utf8).span) }
                buffer.append(writer.prefix.span)
            }
            let newline = ByteSearch.first(UInt8(ascii: "\n"), in: bytes, from: position)
            let end = min(newline.map { $0 + 1 } ?? range.upperBound, range.upperBound)
            buffer.append(bytes, position..<end)
            writer.isAtLineStart = newline.map { $0 < range.upperBound } ?? false
            position = end
        }
    }

    /// How many bytes end with the last newline.
    private static func wholeLines(in bytes: borrowing Span<UInt8>) -> Int {
        var count = bytes.count
        while count > 0, bytes[count - 1] != UInt8(ascii: "\n") { count -= 1 }
        return count
    }
}
