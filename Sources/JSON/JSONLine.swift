// SPDX-License-Identifier: Apache-2.0

/// Writes one JSON object on one line, member by member, in the order of the calls.
///
/// For event streams: no tree is built, and the buffer can be reused.
package struct JSONLine: Sendable {
    /// The bytes so far; complete, with a newline, after `finish()`.
    package private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

    package init() {
        bytes.reserveCapacity(320)
    }

    /// Adds a string member.
    package mutating func add(_ name: String, _ value: String) {
        key(name)
        JSONLine.append(value, to: &bytes)
    }

    /// Adds an integer member.
    package mutating func add(_ name: String, _ value: some BinaryInteger) {
        key(name)
        bytes += String(value).utf8
    }

    /// Adds a boolean member.
    package mutating func add(_ name: String, _ value: Bool) {
        key(name)
        bytes += (value ? "true" : "false").utf8
    }

    /// Adds a member of any shape.
    package mutating func add(_ name: String, _ value: JSONValue) {
        key(name)
        bytes += value.serialize()
    }

    /// Closes the object and ends the line.
    package mutating func finish() {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func key(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes += name.utf8
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Appends a string literal, escaped as RFC 8259 section 7 asks.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        // Nearly every text needs no escape, and is copied in one piece.
        if text.utf8.contains(where: needsEscape) {
            for byte in text.utf8 { append(escaped: byte, to: &bytes) }
        } else {
            bytes += text.utf8
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func append(escaped byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
        default: bytes.append(byte)
        }
    }
}
