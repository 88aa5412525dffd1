// SPDX-License-Identifier: Apache-2.0
package import JSON

extension ParamValue {
    /// Reads a value as Tekton does: a list or object of strings as such, everything else as a string.
    ///
    /// A scalar that is no string, and a list or object that does not hold strings only, becomes its
    /// JSON text. Null becomes the empty string, also inside a list or object.
    package init(json: JSONValue) {
        switch json {
        case .string(let text): self = .string(text)
        case .null: self = .string("")
        case .array(let elements):
            let texts = elements.compactMap(Self.text)
            self = texts.count == elements.count ? .array(texts) : .string(GoJSONText.of(json))
        case .object(let members):
            let texts = members.compactMapValues(Self.text)
            self = texts.count == members.count ? .object(texts) : .string(GoJSONText.of(json))
        case .bool, .number: self = .string(GoJSONText.of(json))
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .null: ""
        default: nil
        }
    }
}
