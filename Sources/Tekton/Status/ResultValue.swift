// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A result that a step or a Task emitted: its name, and its value with the type it turned out to have.
package struct ResultValue: Sendable, Hashable {
    package var name: String
    package var value: ParamValue

    package init(name: String, value: ParamValue) {
        self.name = name
        self.value = value
    }

    /// Reads what a step wrote, as Tekton's `filterResults` does.
    ///
    /// A result declared as a string is taken verbatim, trailing newline and all, invalid UTF-8 replaced.
    /// Any other is parsed: a JSON array of strings, a JSON object of strings, else a string.
    package init(name: String, bytes: [UInt8], declaredType: ParamType) {
        self.name = name
        let text = String(decoding: bytes, as: UTF8.self)
        if declaredType == .string {
            value = .string(text)
        } else if let json = try? JSONValue.parse(bytes) {
            value = json == .null ? .string(text) : ParamValue(json: json)
        } else {
            value = .string(text)
        }
    }

    package var json: JSONValue {
        .object([
            "name": .string(name), "type": .string(value.type.rawValue), "value": value.json,
        ])
    }
}
