// SPDX-License-Identifier: Apache-2.0

/// Reads the value of a string or of bytes out of its token.
enum StringLiteral {
    /// The value of a string; nil where an escape names no character.
    static func string(_ token: String) -> String? {
        guard let (body, isRaw) = body(of: token) else { return nil }
        if isRaw { return text(body) }
        var result = String.UnicodeScalarView()
        var index = 0
        while index < body.count {
            guard body[index] == "\\" else {
                result.append(body[index])
                index += 1
                continue
            }
            guard let (value, length, _) = escape(body, at: index),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            result.append(scalar)
            index += length
        }
        return String(result)
    }

    /// The value of bytes: characters stand for their UTF-8, `\x` and octal escapes for single bytes.
    static func bytes(_ token: String) -> [UInt8]? {
        guard let (body, isRaw) = body(of: String(token.dropFirst())) else { return nil }
        if isRaw { return Array(text(body).utf8) }
        var result: [UInt8] = []
        var index = 0
        while index < body.count {
            guard body[index] == "\\" else {
                result += Array(String(body[index]).utf8)
                index += 1
                continue
            }
            guard let (value, length, isByte) = escape(body, at: index) else { return nil }
            if isByte {
                result.append(UInt8(truncatingIfNeeded: value))
            } else if let scalar = Unicode.Scalar(value) {
                // `\u` has no meaning in bytes.
                guard length == 2 else { return nil }
                result += Array(String(scalar).utf8)
            }
            index += length
        }
        return result
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// What stands between the quotes, with line ends made `\n`.
    private static func body(of token: String) -> ([Unicode.Scalar], isRaw: Bool)? {
        var scalars = Array(token.unicodeScalars)
        let isRaw = scalars.first == "r" || scalars.first == "R"
        if isRaw { scalars.removeFirst() }
        guard let quote = scalars.first else { return nil }
        let isTriple = scalars.count >= 6 && scalars[1] == quote && scalars[2] == quote
        let width = isTriple ? 3 : 1
        guard scalars.count >= 2 * width else { return nil }
        let inner = scalars[width..<scalars.count - width]
        var body: [Unicode.Scalar] = []
        var previous: Unicode.Scalar?
        for scalar in inner {
            if scalar == "\r" {
                body.append("\n")
            } else if !(scalar == "\n" && previous == "\r") {
                body.append(scalar)
            }
            previous = scalar
        }
        return (body, isRaw)
    }

    private static func escape(
        _ body: [Unicode.Scalar],
        at index: Int
    ) -> (value: UInt32, length: Int, isByte: Bool)? {
        func number(_ digits: Range<Int>, radix: UInt32) -> UInt32 {
            body[digits].reduce(0) { $0 * radix + ($1.hexValue ?? 0) }
        }
        switch body[index + 1] {
        case "a": return (7, 2, false)
        case "b": return (8, 2, false)
        case "f": return (12, 2, false)
        case "n": return (10, 2, false)
        case "r": return (13, 2, false)
        case "t": return (9, 2, false)
        case "v": return (11, 2, false)
        case "x", "X": return (number(index + 2..<index + 4, radix: 16), 4, true)
        case "u": return (number(index + 2..<index + 6, radix: 16), 6, false)
        case "U": return (number(index + 2..<index + 10, radix: 16), 10, false)
        case "0"..."3": return (number(index + 1..<index + 4, radix: 8), 4, true)
        case let other: return (other.value, 2, false)
        }
    }
}
