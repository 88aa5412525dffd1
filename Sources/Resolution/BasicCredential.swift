// SPDX-License-Identifier: Apache-2.0
internal import Cryptography

/// A user and a password as HTTP sends them.
enum BasicCredential {
    /// `Basic ...`, in locked memory.
    static func header(
        _ user: String,
        _ password: SharedLockedBytes
    ) throws(CryptographyError) -> SharedLockedBytes {
        var pair = try LockedWriter(capacity: user.utf8.count + 1 + password.bytes.count)
        for byte in user.utf8 { try pair.append(byte) }
        try pair.append(UInt8(ascii: ":"))
        try password.bytes.withBytes { bytes throws(CryptographyError) in try pair.append(bytes) }
        var text = try LockedWriter(capacity: pair.count * 2 + 8)
        for byte in "Basic ".utf8 { try text.append(byte) }
        try pair.withBytes { bytes throws(CryptographyError) in
            let digits = Array(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
            )
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let count = min(3, bytes.count - start)
                var bits = 0
                for place in 0..<count { bits |= Int(bytes[start + place]) << (16 - 8 * place) }
                for place in 0..<4 {
                    let digit = digits[bits >> (18 - 6 * place) & 63]
                    try text.append(place <= count ? digit : UInt8(ascii: "="))
                }
            }
        }
        return SharedLockedBytes(text.finish())
    }
}
