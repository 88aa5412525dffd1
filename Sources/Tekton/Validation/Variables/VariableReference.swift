// SPDX-License-Identifier: Apache-2.0

/// One `$(prefix.name)`, `$(prefix["name"])` or `$(prefix['name'])` within a text.
///
/// Source: the expressions of Tekton's pkg/substitution; like them, a reference ends on its own line.
struct VariableReference: Sendable, Equatable {
    /// What stands between the prefix and the closing bracket, for example `name`, `name[*]`, `object.key`.
    var name: String
    /// Whether it was written with a point.
    var isDotted: Bool
    /// The whole reference, from `$(` to `)`.
    var text: String

    /// Every reference of that prefix, from left to right, none overlapping another.
    static func all(in text: String, prefix: VariablePrefix) -> [VariableReference] {
        let bytes = Array(text.utf8)
        var found: [VariableReference] = []
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "("),
                let afterPrefix = prefix.end(in: bytes[...], at: index + 2),
                let (name, isDotted, end) = name(in: bytes, at: afterPrefix)
            else {
                index += 1
                continue
            }
            found.append(
                VariableReference(
                    name: String(decoding: bytes[name], as: UTF8.self),
                    isDotted: isDotted,
                    text: String(decoding: bytes[index..<end], as: UTF8.self)
                )
            )
            index = end
        }
        return found
    }

    private static func name(
        in bytes: [UInt8],
        at start: Int
    ) -> (name: Range<Int>, isDotted: Bool, end: Int)? {
        if bytes[start...].starts(with: ".".utf8) {
            return close(")", in: bytes, from: start + 1).map { ($0, true, $0.upperBound + 1) }
        }
        for quote in ["\"", "'"] where bytes[start...].starts(with: "[\(quote)".utf8) {
            return close("\(quote)])", in: bytes, from: start + 2)
                .map { ($0, false, $0.upperBound + 3) }
        }
        return nil
    }

    /// The range up to the first `ending` on the same line.
    private static func close(_ ending: String, in bytes: [UInt8], from start: Int) -> Range<Int>? {
        let ending = Array(ending.utf8)
        var index = start
        while index + ending.count <= bytes.count {
            if bytes[index...].starts(with: ending) { return start..<index }
            if bytes[index] == UInt8(ascii: "\n") { return nil }
            index += 1
        }
        return nil
    }

    /// The variable itself: of `object.key` written with a point, `object`.
    var variable: String {
        guard isDotted, let point = name.firstIndex(of: ".") else { return name }
        return String(name[..<point])
    }

    /// Whether more than two parts follow the prefix, which is no reference at all.
    var hasTooManyParts: Bool { isDotted && name.count(where: { $0 == "." }) > 1 }

    /// The name without every `[0]`, `[*]` and `[]`.
    static func withoutIndices(_ name: String) -> String {
        var result = ""
        var rest = name[...]
        while let open = rest.firstIndex(of: "[") {
            result += rest[..<open]
            let inside = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isNumber }
            var end = inside.endIndex
            if end < rest.endIndex, rest[end] == "*" { end = rest.index(after: end) }
            if end < rest.endIndex, rest[end] == "]" {
                rest = rest[rest.index(after: end)...]
            } else {
                result += "["
                rest = rest[rest.index(after: open)...]
            }
        }
        return result + rest
    }

    /// The name without a final `[*]`.
    static func withoutStar(_ name: String) -> String {
        name.hasSuffix("[*]") ? String(name.dropLast(3)) : name
    }
}
