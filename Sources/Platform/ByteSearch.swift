// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Searches of bytes at the speed of memchr(3).
package enum ByteSearch {
    /// The first place of `byte` at or behind `start`; `nil` when there is none.
    package static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        precondition(start >= 0 && start <= bytes.count, "a search starts within its bytes")
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, start < buffer.count else { return nil }
            let from = unsafe base.advanced(by: start)
            guard let found = unsafe memchr(from, CInt(byte), buffer.count - start) else {
                return nil
            }
            return unsafe start + UnsafeRawPointer(from).distance(to: UnsafeRawPointer(found))
        }
    }

    /// The last place of `byte`, found from the end; `nil` when there is none.
    package static func last(_ byte: UInt8, in bytes: Span<UInt8>) -> Int? {
        var index = bytes.count - 1
        while index >= 0, bytes[index] != byte { index -= 1 }
        return index >= 0 ? index : nil
    }
}
