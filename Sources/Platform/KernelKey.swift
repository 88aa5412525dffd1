// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// A key of type `user` in a kernel keyring, keyrings(7).
package struct KernelKey: Sendable {
    private let identifier: CInt
    private let description: String

    /// Looks for it in the keyrings of this process, its session and its user; request_key(2), keyctl(2).
    package init(named description: String) throws(SystemError) {
        identifier = unsafe clinux_find_key(description)
        self.description = description
        if identifier < 0 { throw SystemError("request_key", on: description, .current) }
    }

    /// How many bytes it holds.
    package func byteCount() throws(SystemError) -> Int {
        let count = clinux_read_key(identifier, nil, 0)
        if count < 0 { throw SystemError("keyctl", on: description, .current) }
        return count
    }

    /// Reads it to where `output` lies, which must have room for all of it.
    package func read(appendingTo output: inout OutputSpan<UInt8>) throws(SystemError) {
        let room = output.freeCapacity
        let count = unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
            let free = unsafe buffer.baseAddress?.advanced(by: initialized)
            let count = unsafe clinux_read_key(identifier, free, UInt(room))
            if (0...room).contains(count) { initialized += count }
            return count
        }
        if count < 0 { throw SystemError("keyctl", on: description, .current) }
        // It was replaced by a longer one since its size was asked for.
        if count > room { throw SystemError("keyctl", on: description, .fileTooLarge) }
    }
}
