// SPDX-License-Identifier: Apache-2.0

/// The well-formed `$(...)` expressions within a text, whatever they name.
enum VariableExpressions {
    /// The inner texts, from left to right: of `a $(tasks.x.results.y[0]) b`, `tasks.x.results.y[0]`.
    ///
    /// Inside are letters, digits, `_`, `.` and `-`, then perhaps one index.
    static func all(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var found: [String] = []
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "("),
                let close = end(in: bytes, from: index + 2)
            else {
                index += 1
                continue
            }
            found.append(String(decoding: bytes[(index + 2)..<close], as: UTF8.self))
            index = close + 1
        }
        return found
    }

    /// The expressions of a parameter's value, whichever type it has; an object's in the order of its keys.
    static func all(in value: ParamValue) -> [String] {
        switch value {
        case .string(let text): all(in: text)
        case .array(let elements): elements.flatMap { all(in: $0) }
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { all(in: $0.value) }
        }
    }

    static func all(in when: WhenExpression) -> [String] {
        all(in: when.input) + all(in: when.cel) + when.values.flatMap { all(in: $0) }
    }

    /// The index of the closing bracket of an expression whose inside starts at `start`.
    private static func end(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index < bytes.count, isInner(bytes[index]) { index += 1 }
        guard index > start, index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "[") {
            index += 1
            let digits = bytes[index...].prefix(while: \.isDigit).count
            if digits > 0 {
                index += digits
            } else if index < bytes.count, bytes[index] == UInt8(ascii: "*") {
                index += 1
            } else {
                return nil
            }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "]") else { return nil }
            index += 1
        }
        return index < bytes.count && bytes[index] == UInt8(ascii: ")") ? index : nil
    }

    private static func isInner(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || "_.-".utf8.contains(byte)
    }
}
