// SPDX-License-Identifier: Apache-2.0

/// Decides what the text of a scalar means: YAML 1.1 as go-yaml v2 reads it, which is what
/// `sigs.k8s.io/yaml`, and with it kubectl and Tekton, are built on.
///
/// Source: go-yaml v2, `resolve.go`. It differs from the YAML 1.1 types in what counts: a base-60 number is
/// a string, a timestamp is a string, `0o10` is eight.
enum ScalarResolver {
    /// A resolved scalar; numbers in the type that Go would choose.
    enum Resolved: Equatable {
        case null
        case bool(Bool)
        case integer(Int64)
        /// Only above what `integer` holds.
        case unsigned(UInt64)
        case float(Double)
        case string(String)

        /// The short form of the tag, for messages.
        var tag: String {
            switch self {
            case .null: "!!null"
            case .bool: "!!bool"
            case .integer, .unsigned: "!!int"
            case .float: "!!float"
            case .string: "!!str"
            }
        }
    }

    /// A scalar that its own tag contradicts.
    struct Mismatch: Error, Equatable {
        let message: String
    }

    /// Resolves a scalar.
    ///
    /// - Parameters:
    ///   - text: after unfolding and unescaping.
    ///   - tag: in its short form (`!!int`); `nil` for a plain scalar without a tag.
    /// - Returns: a string for every tag that is not one of YAML's own scalar types.
    /// - Throws: when the text is not of the type that the tag demands.
    static func resolve(_ text: String, tag: String?) throws(Mismatch) -> Resolved {
        switch tag {
        case nil: return plain(text)
        case "!!binary": return .string(try decodeBinary(text))
        case "!!bool", "!!int", "!!float", "!!null": break
        default: return .string(text)
        }
        let resolved = plain(text)
        if resolved.tag == tag { return resolved }
        if tag == "!!float", case .integer(let number) = resolved { return .float(Double(number)) }
        throw Mismatch(message: "cannot read \(resolved.tag) `\(text.prefix(40))` as \(tag ?? "")")
    }

    private static func plain(_ text: String) -> Resolved {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "."):
            return word(text) ?? leadingPointFloat(text) ?? .string(text)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            return word(text) ?? number(text.utf8.filter { $0 != UInt8(ascii: "_") })
                ?? .string(text)
        default: return word(text) ?? .string(text)
        }
    }

    private static func word(_ text: String) -> Resolved? {
        switch text {
        case "~", "null", "Null", "NULL": .null
        case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
        case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
            .bool(false)
        case ".nan", ".NaN", ".NAN": .float(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": .float(-.infinity)
        default: nil
        }
    }

    private static func number(_ digits: [UInt8]) -> Resolved? {
        if let integer = integer(digits) { return integer }
        if !hasFloatForm(digits) { return nil }
        return finite(digits).map { .float($0) }
    }

    /// Go's `strconv.ParseInt` and then `ParseUint`, base 0.
    private static func integer(_ digits: [UInt8]) -> Resolved? {
        let isSigned = digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+")
        let isNegative = digits.first == UInt8(ascii: "-")
        guard let magnitude = magnitude(digits[(isSigned ? 1 : 0)...]) else { return nil }
        if isNegative {
            if magnitude > 1 << 63 { return nil }
            return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
        }
        if let number = Int64(exactly: magnitude) { return .integer(number) }
        return isSigned ? nil : .unsigned(magnitude)
    }

    private static func magnitude(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard digits.first == UInt8(ascii: "0"), digits.count > 1 else {
            return parse(digits, base: 10)
        }
        let rest = digits.dropFirst()
        guard digits.count > 2, let letter = rest.first else { return parse(rest, base: 8) }
        switch letter | 0x20 {
        case UInt8(ascii: "x"): return parse(rest.dropFirst(), base: 16)
        case UInt8(ascii: "o"): return parse(rest.dropFirst(), base: 8)
        case UInt8(ascii: "b"): return parse(rest.dropFirst(), base: 2)
        default: return parse(rest, base: 8)
        }
    }

    private static func parse(_ digits: ArraySlice<UInt8>, base: Int) -> UInt64? {
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-")
        else {
            return nil
        }
        return UInt64(String(decoding: digits, as: UTF8.self), radix: base)
    }
}
