// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileDescriptor {
    /// Reads `count` bytes from `offset` on, wherever the file stands; pread(2).
    ///
    /// Fewer come back at the end of the file.
    package borrowing func read(count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(
                    number,
                    buffer.baseAddress?.advanced(by: filled),
                    count - filled,
                    off_t(offset + filled)
                )
            }
            if got == 0 { break }
            if got > 0 {
                filled += got
                continue
            }
            let code = Errno.current
            if code != .interrupted { throw SystemError("pread", on: "descriptor \(number)", code) }
        }
        bytes.removeLast(count - filled)
        return bytes
    }
}
