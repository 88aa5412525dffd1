// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON

/// What `tacit validate` says of one document.
struct DocumentVerdict {
    /// As given on the command line, or joined to the directory.
    var file: String
    /// The place among the file's documents, from 0; the items of a `List` share theirs.
    var document: Int
    /// `nil` for what does not say what it is.
    var kind: String?
    /// `nil` where there is none, or none to be read.
    var name: String?
    /// Why the cluster would refuse it.
    var errors: [Diagnostic] = []
    /// What a host cannot do of it; the verdict is the cluster's, and does not hang on these.
    var warnings: [Diagnostic] = []

    var isValid: Bool { errors.isEmpty }

    /// The line of `-o json`; `redact` passes over everything that quotes the document.
    func line(redact: (String) -> String) -> [UInt8] {
        var line = JSONLine()
        line.add("file", file)
        line.add("document", document)
        line.add("kind", kind.map { .string(redact($0)) } ?? .null)
        line.add("name", name.map { .string(redact($0)) } ?? .null)
        line.add("valid", isValid)
        line.add("errors", .array(errors.map { Self.json($0, redact) }))
        line.add("warnings", .array(warnings.map { Self.json($0, redact) }))
        line.finish()
        return line.bytes
    }

    private static func json(_ diagnostic: Diagnostic, _ redact: (String) -> String) -> JSONValue {
        let hint = diagnostic.hint.map { "; " + $0 } ?? ""
        return .object([
            "path": .string(redact(diagnostic.path)),
            "message": .string(redact(diagnostic.message + hint)),
            "line": diagnostic.location.map { .integer($0.line) } ?? .null,
            "column": diagnostic.location.map { .integer($0.column) } ?? .null,
        ])
    }

    /// The line of `-o text`.
    func text(redact: (String) -> String) -> String {
        let subject = kind.map { kind in "\(kind) `\(name ?? "")`" } ?? "document \(document)"
        let verdict = isValid ? "valid" : "invalid"
        return "\(file): \(PrintableText.escape(redact(subject))): \(verdict)\n"
    }
}
