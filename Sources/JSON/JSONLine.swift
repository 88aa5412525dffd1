// SPDX-License-Identifier: Apache-2.0

/// Writes one JSON object on one line, member by member, in the order of the calls.
///
/// For event streams: no tree is built, and the buffer can be reused.
package struct JSONLine: Sendable {
    /// The bytes so far; complete, with a newline, after `finish()`.
    package private(set) var bytes: [UInt8] = []

    package init() {
        // An event's line, and what its record adds to it.
        bytes.reserveCapacity(640)
        bytes.append(UInt8(ascii: "{"))
    }

    /// Adds a string member.
    package mutating func add(_ name: String, _ value: String) {
        key(name)
        JSONLine.append(value, to: &bytes)
    }

    /// Adds an integer member.
    package mutating func add(_ name: String, _ value: some BinaryInteger) {
        key(name)
        // The common case, without a string in between.
        if let small = UInt32(exactly: value) {
            JSONLine.append(small, to: &bytes)
        } else {
            bytes += String(value).utf8
        }
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

    mutating func replace(with part: [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes += part
    }

    mutating func append(_ value: JSONTemplate.Value, then part: [UInt8]) {
        switch value {
        case .integer(let number): JSONLine.append(number, to: &bytes)
        case .string(let text): JSONLine.append(text, to: &bytes)
        case .encoded(let text): bytes += text
        }
        bytes += part
    }

    /// Closes the object and ends the line.
    package mutating func finish() {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
    }

    /// `name` stands in the program and needs no escape.
    private mutating func key(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        var divisor: UInt32 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends a string literal, escaped as RFC 8259 section 7 asks.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if isPlain(text) {
            bytes.append(contentsOf: text.utf8)
        } else {
            appendEscaped(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether nothing in it needs an escape, as in nearly every string.
    private static func isPlain(_ text: String) -> Bool {
        let span = text.utf8.span
        for index in span.indices {
            let byte = span[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                return false
            }
        }
        return true
    }

    private static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
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
}
