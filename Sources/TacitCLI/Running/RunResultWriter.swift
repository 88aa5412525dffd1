// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Redaction
internal import YAML

/// Writes the finished objects: exactly one document, whatever happened.
struct RunResultWriter {
    var terminal: Terminal
    var format: OutputFormat
    var redactor: Redactor

    /// Writes one object as it is, several as a v1 `List`; an empty list where nothing could run.
    func write(_ objects: [JSONValue], asList: Bool = false) {
        let redaction = ObjectRedaction(redactor: redactor)
        let redacted = objects.map { redaction.redact($0) }
        let document: JSONValue
        if redacted.count == 1, !asList {
            document = redacted[0]
        } else {
            document = .object([
                "apiVersion": .string("v1"), "kind": .string("List"), "items": .array(redacted),
            ])
        }
        switch format {
        case .json:
            terminal.write(String(decoding: document.serialize(.indented), as: UTF8.self) + "\n")
        case .yaml: terminal.write(String(decoding: YAMLWriter.write(document), as: UTF8.self))
        case .text, .events: break
        }
    }
}
