// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Tekton

/// Reads a value given with `-p` by its param's type, as `tkn` does: an array is `a,b,c`, an object
/// `key:value,key2:value2`; JSON is taken for both.
enum ParamArgumentReader {
    /// The value; `nil` when the text does not fit the type.
    static func read(_ text: String, as type: ParamType) -> ParamValue? {
        switch type {
        case .array: array(text)
        case .object: object(text)
        default: .string(text)
        }
    }

    /// What a value of the type looks like.
    static func hint(for type: ParamType) -> String? {
        switch type {
        case .array: "write `a,b,c` or a JSON array of strings"
        case .object: "write `key:value,key2:value2` or a JSON object of strings"
        default: nil
        }
    }

    private static func array(_ text: String) -> ParamValue? {
        if text.hasPrefix("[") {
            guard let json = try? JSONValue.parse(Array(text.utf8)),
                case .array(let elements) = ParamValue(json: json)
            else { return nil }
            return .array(elements)
        }
        return .array(
            text.isEmpty
                ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        )
    }

    private static func object(_ text: String) -> ParamValue? {
        if text.hasPrefix("{") {
            guard let json = try? JSONValue.parse(Array(text.utf8)),
                case .object(let members) = ParamValue(json: json)
            else { return nil }
            return .object(members)
        }
        var members: [String: String] = [:]
        for pair in text.split(separator: ",") {
            guard let colon = pair.firstIndex(of: ":") else { return nil }
            members[String(pair[..<colon])] = String(pair[pair.index(after: colon)...])
        }
        return .object(members)
    }
}
