// SPDX-License-Identifier: Apache-2.0
import JSON
import YAML

extension FieldType {
    /// The JSON that a scalar becomes in a field of this type; `nil` when the field does not take it.
    func json(of scalar: YAMLScalar.Value) -> JSONValue? {
        switch (self, scalar) {
        case (.string, .string(let text)): .string(text)
        case (.bool, .bool(let value)): .bool(value)
        case (.int32, .number(let text)): Int32(text).map { .integer($0) }
        case (.int64, .number(let text)): Int64(text).map { .integer($0) }
        case (.duration, .string(let text)):
            GoDuration(parsing: text).map { .string($0.description) }
        case (.quantity, .string(let text)): Self.isQuantity(text) ? .string(text) : nil
        case (.quantity, .number(let text)): Self.isQuantity(text) ? .string(text) : nil
        case (.intOrString, .string(let text)): .string(text)
        case (.intOrString, .number(let text)): Int32(text).map { .integer($0) }
        case (.time, .string(let text)): Self.isTime(text) ? .string(text) : nil
        default: nil
        }
    }

    /// What a null within a list or map becomes.
    var zero: JSONValue {
        switch self {
        case .string: .string("")
        case .bool: .bool(false)
        case .int32, .int64, .intOrString: .integer(0)
        case .duration: .string("0s")
        case .quantity: .string("0")
        case .object: .object([:])
        case .time, .any, .paramValue, .requiredParamValue, .list, .map, .documentMetadata: .null
        }
    }

    /// A signed decimal with a binary, decimal or exponent suffix.
    ///
    /// Source: `resource.ParseQuantity` of k8s.io/apimachinery.
    private static func isQuantity(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
        while rest.last == UInt8(ascii: " ") { rest.removeLast() }
        if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            rest.removeFirst()
        }
        let digits = rest.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        guard digits.contains(where: \.isDigit),
            digits.count(where: { $0 == UInt8(ascii: ".") }) <= 1
        else { return false }
        let suffix = String(decoding: rest.dropFirst(digits.count), as: UTF8.self)
        return quantitySuffixes.contains(suffix) || isExponent(suffix)
    }

    private static let quantitySuffixes: Set = [
        "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
    ]

    private static func isExponent(_ suffix: String) -> Bool {
        guard suffix.first == "e" || suffix.first == "E" else { return false }
        return Int32(suffix.dropFirst()) != nil
    }

    /// Whether the text has the form of RFC 3339 with every part in its range.
    private static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20 else { return false }
        let shape = Array("0000-00-00T00:00:00".utf8)
        for (byte, wanted) in zip(bytes, shape) {
            guard wanted == UInt8(ascii: "0") ? byte.isDigit : byte == wanted else { return false }
        }
        var rest = bytes.dropFirst(shape.count)
        if rest.first == UInt8(ascii: ".") {
            let decimals = rest.dropFirst().prefix(while: \.isDigit)
            guard !decimals.isEmpty else { return false }
            rest = rest.dropFirst(decimals.count + 1)
        }
        if rest.elementsEqual("Z".utf8) { return true }
        let zone = Array(rest)
        return zone.count == 6 && (zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"))
            && zone[3] == UInt8(ascii: ":") && [1, 2, 4, 5].allSatisfy { zone[$0].isDigit }
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII digit.
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
