// SPDX-License-Identifier: Apache-2.0

/// Values for variable references, keyed by what stands between `$(` and `)`.
///
/// Substitution is one pass: a value is never scanned again, so `$(params.b)` inside the value of
/// another param stays as it is. References without a value here stay untouched too. There is no
/// escape and no quoting, as in Tekton's `pkg/substitution`.
package struct Replacements: Sendable, Equatable {
    /// `params.x`, `params["x"]`, `params.list[0]`, `context.taskRun.name`...
    package var strings: [String: String] = [:]
    /// Whole arrays; a reference to one expands to no, one or many elements.
    package var arrays: [String: [String]] = [:]
    /// Whole objects; only a param's value may take one.
    package var objects: [String: [String: String]] = [:]

    package init(strings: [String: String] = [:]) {
        self.strings = strings
    }

    /// Whether there is nothing to replace.
    package var isEmpty: Bool { strings.isEmpty && arrays.isEmpty && objects.isEmpty }

    /// Replaces every string reference of `text`.
    package func apply(to text: String) -> String {
        guard !strings.isEmpty, text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var out = ""
        var rest = Substring(text)
        while let reference = VariableOccurrence.first(in: rest, where: { strings[$0] != nil }) {
            out += rest[..<reference.range.lowerBound]
            out += strings[reference.name] ?? ""
            rest = rest[reference.range.upperBound...]
        }
        return out + rest
    }

    /// Replaces one element of a list: a lone reference to an array becomes the array's elements.
    package func applyToElement(_ text: String) -> [String] {
        guard text.hasPrefix("$("), text.hasSuffix(")") else { return [apply(to: text)] }
        var name = text.dropFirst(2).dropLast()
        if let elements = arrays[String(name)] { return elements }
        if name.hasSuffix("[*]") {
            name = name.dropLast(3)
            if let elements = arrays[String(name)] { return elements }
        }
        return [apply(to: text)]
    }

    /// Replaces every element of a list.
    package func apply(toList list: [String]) -> [String] {
        list.flatMap { applyToElement($0) }
    }

    /// The array that a lone reference (`$(params.a[*])` or `$(params.a)`) names.
    ///
    /// Written with brackets (`$(params['a'][*])`) it is none, as in Tekton.
    package func array(for text: String) -> [String]? {
        guard text.hasPrefix("$("), text.hasSuffix(")") else { return nil }
        let name = text.dropFirst(2).dropLast()
        let bare = String(name.hasSuffix("[*]") ? name.dropLast(3) : name)
        return bare.utf8.contains(UInt8(ascii: "[")) ? nil : arrays[bare]
    }

    /// The object that a lone reference (`$(params.o[*])` or `$(params.o)`) names.
    package func object(for text: String) -> [String: String]? {
        guard text.hasPrefix("$("), text.hasSuffix(")") else { return nil }
        let name = String(text.dropFirst(2).dropLast())
        return objects[name] ?? (name.hasSuffix("[*]") ? objects[String(name.dropLast(3))] : nil)
    }

    /// Adds another set; its values win.
    package mutating func merge(_ other: Replacements) {
        strings.merge(other.strings) { _, new in new }
        arrays.merge(other.arrays) { _, new in new }
        objects.merge(other.objects) { old, new in old.merging(new) { _, new in new } }
    }
}
