// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import JSON

/// The verdicts as one SARIF log, for code scanners' viewers.
struct VerdictReport {
    var verdicts: [DocumentVerdict]
    var files: [SourceFile]
    var redact: (String) -> String

    private static let refused = "refused-by-admission"
    private static let notOnHost = "not-on-a-host"

    func sarif() throws -> JSONValue {
        let rules = [
            SARIF.rule(Self.refused, "The cluster's admission would refuse the document."),
            SARIF.rule(Self.notOnHost, "The document asks for what a host cannot do or ignores."),
        ]
        var seen: [String: Int] = [:]
        var results: [JSONValue] = []
        let lines = Dictionary(files.map { ($0.name, SourceLines($0.bytes)) }) { first, _ in first }
        for verdict in verdicts {
            for (rule, level, diagnostics) in [
                (Self.refused, "error", verdict.errors),
                (Self.notOnHost, "warning", verdict.warnings),
            ] {
                for diagnostic in diagnostics {
                    let print = try fingerprint(of: diagnostic, rule, verdict, &seen)
                    results.append(
                        .object([
                            "ruleId": .string(rule), "level": .string(level),
                            "message": .object(["text": .string(message(diagnostic))]),
                            "locations": .array([location(diagnostic, verdict, lines[verdict.file])]
                            ),
                            "partialFingerprints": .object(["tacitFinding/v1": .string(print)]),
                        ])
                    )
                }
            }
        }
        return SARIF.log(rules: rules, results: results)
    }

    private func message(_ diagnostic: Diagnostic) -> String {
        let path = diagnostic.path.isEmpty ? "" : "\(diagnostic.path): "
        let hint = diagnostic.hint.map { "; " + $0 } ?? ""
        return redact(path + diagnostic.message + hint)
    }

    /// Where it stands; columns in UTF-16 units, as SARIF's viewers count.
    private func location(
        _ diagnostic: Diagnostic,
        _ verdict: DocumentVerdict,
        _ lines: SourceLines?
    ) -> JSONValue {
        var physical: [String: JSONValue] = [
            "artifactLocation": .object(["uri": .string(SARIF.uri(redact(verdict.file)))])
        ]
        if let place = diagnostic.location {
            let column = lines?.utf16Column(of: place.column, inLine: place.line) ?? place.column
            physical["region"] = .object([
                "startLine": .integer(place.line), "startColumn": .integer(column),
            ])
        }
        var members: [String: JSONValue] = ["physicalLocation": .object(physical)]
        if let kind = verdict.kind {
            let name = redact("\(kind)/\(verdict.name ?? "")")
            let logical: JSONValue = .object(["fullyQualifiedName": .string(name)])
            members["logicalLocations"] = .array([logical])
        }
        return .object(members)
    }

    /// The same for the same problem of the same document, wherever it moves within its file.
    ///
    /// Of several that are alike each has its number.
    private func fingerprint(
        of diagnostic: Diagnostic,
        _ rule: String,
        _ verdict: DocumentVerdict,
        _ seen: inout [String: Int]
    ) throws -> String {
        let parts = [
            rule, verdict.file, verdict.kind ?? "", verdict.name ?? "", diagnostic.path,
            diagnostic.message,
        ]
        let text = parts.map(redact).joined(separator: "\u{0}")
        let number = seen[text, default: 0]
        seen[text] = number + 1
        let digest = try SHA256.digest(of: Array("\(text)\u{0}\(number)".utf8).span)
        let digits = Array("0123456789abcdef")
        return digest.prefix(16).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    }
}
