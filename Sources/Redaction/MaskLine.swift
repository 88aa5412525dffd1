// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Cuts what comes in pieces of any size into lines, each a value to be masked.
package struct MaskLine: ~Copyable {
    private var line = LockedBuffer.forSecrets()

    /// A line of more bytes is taken in pieces of this size.
    static let longest = 65536

    package init() {}

    /// Takes the next bytes; `register` gets each line that is complete now.
    package mutating func take<Failure: Error>(
        _ bytes: Span<UInt8>,
        _ register: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        for index in bytes.indices {
            let isEnd = bytes[index] == 0x0A
            if !isEnd { line.append(bytes[index]) }
            if isEnd || line.count == Self.longest { try finish(register) }
        }
    }

    /// What came since the last line end is a line, too.
    package mutating func finish<Failure: Error>(
        _ register: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        if line.count == 0 { return }
        defer { line.truncate(to: 0) }
        try line.withBytes(register)
    }
}
