// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// Where identifiers and names get their randomness; injected, so that a test can replay.
package struct RandomBytes: Sendable {
    private let fill: @Sendable (Int) throws(SystemError) -> [UInt8]

    /// Draws from `source`, which returns as many bytes as it is asked for.
    package init(_ source: @escaping @Sendable (Int) throws(SystemError) -> [UInt8]) {
        fill = source
    }

    /// The kernel's generator; getrandom(2).
    package static let system = RandomBytes { count throws(SystemError) in
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe clinux_random(buffer.baseAddress?.advanced(by: filled), count - filled)
            }
            if got > 0 {
                filled += got
            } else if Errno.current != .interrupted {
                throw SystemError("getrandom", on: "\(count) bytes", .current)
            }
        }
        return bytes
    }

    /// Draws `byteCount` bytes.
    package func bytes(_ byteCount: Int) throws(SystemError) -> [UInt8] {
        try fill(byteCount)
    }

    /// Draws bytes and writes them as lower-case hexadecimal digits, two a byte.
    package func hexadecimal(byteCount: Int) throws(SystemError) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = try fill(byteCount)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Draws a suffix as Kubernetes generates it for `generateName`: no vowels, no look-alikes.
    package func nameSuffix(length: Int = 5) throws(SystemError) -> String {
        let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
        let text = try fill(length).map { alphabet[Int($0) % alphabet.count] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Draws a version 4 UUID (RFC 9562), as Kubernetes' uids are.
    package func uuid() throws(SystemError) -> String {
        var bytes = try fill(16)
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
