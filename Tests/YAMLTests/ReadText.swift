// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON

@testable import YAML

/// The documents of a text as compact JSON, and its diagnostics as text.
func read(_ text: String, file: String = "f") -> (json: [String], problems: [String]) {
    let (documents, diagnostics) = YAMLParser.parse(Array(text.utf8), file: file)
    let json = documents.map { String(decoding: $0.json.serialize(), as: UTF8.self) }
    let problems = diagnostics.map { diagnostic in
        let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "?"
        let hint = diagnostic.hint.map { "; \($0)" } ?? ""
        return "\(place): \(diagnostic.severity.rawValue): \(diagnostic.message)\(hint)"
    }
    return (json, problems)
}
