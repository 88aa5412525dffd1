// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileDescriptor {
    /// Reads what fits, straight to where `output` lies; blocks as `read(into:)` does.
    ///
    /// - Returns: how many bytes came; 0 at the end.
    package borrowing func read(
        appendingTo output: inout OutputSpan<UInt8>
    ) throws(SystemError) -> Int {
        let room = output.freeCapacity
        while true {
            let count = unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                let free = unsafe buffer.baseAddress?.advanced(by: initialized)
                let count = unsafe Glibc.read(number, free, room)
                if count > 0 { initialized += count }
                return count
            }
            if count >= 0 { return count }
            let code = Errno.current
            if code != .interrupted { throw SystemError("read", on: "descriptor \(number)", code) }
        }
    }
}
