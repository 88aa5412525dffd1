// SPDX-License-Identifier: Apache-2.0
package import Platform

/// The lines of an event file one after the other, in bounded memory.
package struct EventLines: ~Copyable {
    /// Longer than any line that Tacit writes.
    static let longest = 16 << 20

    private let file: FileDescriptor
    private var buffer: [UInt8] = []
    /// Where the next line begins in the buffer.
    private var start = 0
    private var chunk = [UInt8](repeating: 0, count: 1 << 18)
    private var hasEnded = false

    /// Opens the event file of a run.
    package init(of run: RunIdentifier, in state: String) throws(SystemError) {
        file = try FileDescriptor.open("\(state)/runs/\(run)/events.jsonl")
    }

    /// Reads lines from any file.
    package init(_ file: consuming FileDescriptor) {
        self.file = file
    }

    /// The next line with its newline; without one where the file is cut off within it; `nil` at the end.
    ///
    /// Throws EFBIG for a line that is longer than 16 MiB.
    package mutating func next() throws(SystemError) -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start...end])
                start = end + 1
                return line
            }
            searched = buffer.count
            if hasEnded { break }
            if buffer.count - start > Self.longest {
                throw SystemError("read", on: "a line of an event file", .fileTooLarge)
            }
            let consumed = start
            try fill()
            searched -= consumed
        }
        if start == buffer.count { return nil }
        defer { start = buffer.count }
        return Array(buffer[start...])
    }

    private mutating func fill() throws(SystemError) {
        buffer.removeFirst(start)
        start = 0
        let count = try file.read(into: &chunk)
        if count == 0 { hasEnded = true }
        buffer += chunk[..<count]
    }
}
