// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// The checksum of gzip and PNG: CRC-32 (ISO 3309).
package enum CRC32 {
    /// The checksum of some bytes.
    package static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
        }
    }
}
