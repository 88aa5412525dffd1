// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// Reads the fields of one mapping, notes what is wrong with them, and knows which were never asked for.
struct FieldReader {
    let location: SourceLocation
    let path: String
    let findings: Findings
    private let reading: ScalarReading
    private let entries: [String: YAMLNode.Entry]
    private var known: [String] = []

    /// Notes an error and returns `nil` when `node` is no mapping.
    init?(_ node: YAMLNode, path: String, reading: ScalarReading, _ findings: Findings) {
        guard case .mapping(let entries) = node.content else {
            findings.error(
                at: node.location,
                path: path,
                "expected a mapping, found \(node.typeName)"
            )
            return nil
        }
        location = node.location
        self.path = path
        self.reading = reading
        self.findings = findings
        self.entries = Dictionary(
            entries.compactMap { entry in entry.key.scalar.map { ($0.text, entry) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Where a field of that name is, or would be.
    func fieldPath(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func has(_ name: String) -> Bool { entries[name] != nil }

    /// Where the field's value stands; where the mapping starts when there is no such field.
    func place(of name: String) -> SourceLocation { entries[name]?.value.location ?? location }

    func error(_ name: String, _ message: String, hint: String? = nil) {
        findings.error(at: place(of: name), path: fieldPath(name), message, hint: hint)
    }

    func warning(_ name: String, _ message: String, hint: String? = nil) {
        findings.warning(at: place(of: name), path: fieldPath(name), message, hint: hint)
    }

    /// The field's value; `nil` when it is missing or null.
    mutating func node(_ name: String) -> YAMLNode? {
        known.append(name)
        guard let value = entries[name]?.value, !value.isNull else { return nil }
        return value
    }

    /// The field as a string; empty when it is missing, null or of another type (which is noted).
    mutating func text(_ name: String) -> String {
        guard let node = node(name) else { return "" }
        if let text = node.scalar.flatMap(reading.string) { return text }
        let hint = node.scalar.map { "put it in quotes: `\(name): \"\($0.text)\"`" }
        error(name, "`\(name)` must be a string, not \(node.typeName)", hint: hint)
        return ""
    }

    /// The field as a string that must not be empty; `nil`, and an error, when it is.
    mutating func requiredText(_ name: String, of what: String) -> String? {
        let before = findings.diagnostics.count
        let text = text(name)
        if !text.isEmpty { return text }
        if findings.diagnostics.count == before { error(name, "\(what) needs `\(name)`") }
        return nil
    }

    /// The field as an integer, which must not be in quotes; `nil` when it is missing or wrong.
    mutating func integer(_ name: String) -> Int? {
        guard let node = node(name) else { return nil }
        if case .number(let text)? = node.scalar?.value, let number = Int(text) { return number }
        let isQuoted = node.scalar.map { Int($0.text) != nil } ?? false
        error(
            name,
            "`\(name)` must be a whole number, not \(node.typeName)",
            hint: isQuoted ? "leave the quotes out" : nil
        )
        return nil
    }

    /// The elements of a list; `nil` when the field is missing or no list (which is noted).
    mutating func list(_ name: String) -> [YAMLNode]? {
        guard let node = node(name) else { return nil }
        if case .sequence(let elements) = node.content { return elements }
        error(name, "`\(name)` must be a list, not \(node.typeName)")
        return nil
    }

    /// The members of a mapping of strings, those of another type noted and left out.
    mutating func stringMap(_ name: String) -> [String: String] {
        guard let node = node(name),
            var reader = FieldReader(node, path: fieldPath(name), reading: reading, findings)
        else { return [:] }
        var map: [String: String] = [:]
        for key in reader.entries.keys.sorted() { map[key] = reader.text(key) }
        return map
    }

    /// All fields by name, marked as known.
    mutating func all() -> [String: YAMLNode] {
        known += entries.keys
        return entries.mapValues(\.value)
    }

    /// Notes an error for every field that was never asked for: the API server refuses such.
    func refuseUnknown(in what: String) {
        for (name, place) in unknown {
            findings.error(
                at: place,
                path: fieldPath(name),
                "unknown field `\(name)` in \(what)",
                hint: NearMiss.hint(for: name, among: known)
            )
        }
    }

    /// Warns of every field that was never asked for: providers ignore such.
    func warnOfUnknown(in what: String) {
        for (name, place) in unknown {
            findings.warning(
                at: place,
                path: fieldPath(name),
                "unknown field `\(name)` in \(what); the provider ignores it",
                hint: NearMiss.hint(for: name, among: known)
            )
        }
    }

    private var unknown: [(name: String, place: SourceLocation)] {
        entries.keys.sorted().filter { !known.contains($0) }.compactMap { name in
            entries[name].map { (name, $0.key.location) }
        }
    }
}
