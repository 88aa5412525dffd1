// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// The `spec.parameters` of a class: a map of strings, as the API server demands.
struct ClassParameters {
    static let path = "spec.parameters"

    let nodes: [String: YAMLNode]
    let findings: Findings
    private(set) var texts: [String: String] = [:]
    private let location: SourceLocation
    private var known: [String] = []

    init(nodes: [String: YAMLNode], at location: SourceLocation, _ findings: Findings) {
        self.nodes = nodes
        self.findings = findings
        self.location = location
        for (name, node) in nodes.sorted(by: { $0.key < $1.key }) {
            if let text = node.scalar.flatMap(ScalarReading.strings.string), !node.isNull {
                texts[name] = text
                continue
            }
            let hint = node.scalar.map { "put it in quotes: `\(name): \"\($0.text)\"`" }
            error(name, "parameter `\(name)` must be a string, not \(node.typeName)", hint: hint)
        }
    }

    func place(of name: String) -> SourceLocation { nodes[name]?.location ?? location }

    /// Whether the parameter is missing or without text; one of a wrong type is not.
    func isBlank(_ name: String) -> Bool {
        nodes[name] == nil || texts[name].map { $0.allSatisfy(\.isWhitespace) } ?? false
    }

    func error(_ name: String, _ message: String, hint: String? = nil) {
        findings.error(at: place(of: name), path: "\(Self.path).\(name)", message, hint: hint)
    }

    /// The parameter; empty when it is missing.
    mutating func text(_ name: String) -> String {
        known.append(name)
        return texts[name] ?? ""
    }

    /// The parameter, which must be there and not be empty; otherwise an error is noted.
    ///
    /// `why` is the provider's own words for it, when it has some.
    mutating func required(_ name: String, _ why: String? = nil) -> String? {
        let text = text(name)
        if !text.isEmpty { return text }
        if nodes[name] == nil || texts[name] != nil {
            error(name, why ?? "missing `\(name)` in the class's parameters")
        }
        return nil
    }

    /// A boolean as Go's `strconv.ParseBool` reads it; `false` when it is missing, empty or wrong.
    mutating func flag(_ name: String) -> Bool {
        switch text(name) {
        case "1", "t", "T", "true", "TRUE", "True": return true
        case "", "0", "f", "F", "false", "FALSE", "False": return false
        default:
            error(
                name,
                "parameter `\(name)` must be \"true\" or \"false\", not `\(texts[name] ?? "")`"
            )
            return false
        }
    }

    /// One of several words; the first one when the parameter is missing or wrong.
    mutating func choice(_ name: String, of words: [String]) -> String {
        let text = text(name)
        if text.isEmpty || words.contains(text) { return text.isEmpty ? words[0] : text }
        error(
            name,
            "parameter `\(name)` must be one of \(words.quotedList), not `\(text)`",
            hint: NearMiss.hint(for: text, among: words)
        )
        return words[0]
    }

    /// The YAML document in a parameter's text; `nil` when it is missing, empty or no YAML.
    mutating func document(_ name: String) -> YAMLNode? {
        known.append(name)
        guard texts[name] != nil, let node = nodes[name] else { return nil }
        return EmbeddedYAML.parse(node, path: "\(Self.path).\(name)", findings)
    }

    /// Warns of every parameter that was never asked for; providers ignore such.
    func reportUnknown(to provider: SecretProvider) {
        for name in nodes.keys.sorted() where !known.contains(name) {
            findings.warning(
                at: place(of: name),
                path: "\(Self.path).\(name)",
                "provider `\(provider.rawValue)` has no parameter `\(name)` and ignores it",
                hint: NearMiss.hint(for: name, among: known)
            )
        }
    }
}

extension Collection<String> {
    /// `a`, `b`, `c`.
    var quotedList: String { map { "`\($0)`" }.joined(separator: ", ") }
}
