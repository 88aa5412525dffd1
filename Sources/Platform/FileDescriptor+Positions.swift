// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileDescriptor {
    /// Writes all of `bytes` from `offset` on; pwrite(2).
    package borrowing func write(_ bytes: Span<UInt8>, at offset: Int) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { source in
                unsafe pwrite(
                    number,
                    source.baseAddress?.advanced(by: written),
                    source.count - written,
                    offset + written
                )
            }
            if count >= 0 {
                written += count
                continue
            }
            let code = Errno.current
            if code != .interrupted {
                throw SystemError("pwrite", on: "descriptor \(number)", code)
            }
        }
    }

    /// Cuts the file off, or fills it up with zeros; ftruncate(2).
    package borrowing func truncate(to byteCount: Int) throws(SystemError) {
        while ftruncate(number, byteCount) != 0 {
            let code = Errno.current
            if code != .interrupted {
                throw SystemError("ftruncate", on: "descriptor \(number)", code)
            }
        }
    }
}
