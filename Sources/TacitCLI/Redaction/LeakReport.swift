// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Redaction

/// How `audit leaks` shows what it found; names and places, never values.
struct LeakReport {
    enum Format: String, CaseIterable {
        /// A line for each leak.
        case text
        /// One document with all leaks.
        case json
        /// SARIF 2.1.0, for code scanners' viewers.
        case sarif
    }

    private(set) var leaks: [(leak: AuditedFiles.Leak, fingerprint: String?)] = []
    /// The audit's own redactor: a file's name may say a value, too.
    let redactor: Redactor
    private var fingerprints: LeakFingerprints

    init(redactor: Redactor, fingerprints: LeakFingerprints) {
        self.redactor = redactor
        self.fingerprints = fingerprints
    }

    mutating func add(_ leak: AuditedFiles.Leak) {
        leaks.append((leak, fingerprints.next(leak)))
    }

    /// `build.log:14:9: secret `db/password` as base64 (certain; 24 bytes at 812)`.
    func line(_ leak: AuditedFiles.Leak) -> String {
        let finding = leak.finding
        return "\(name(of: leak)):\(finding.line):\(finding.column): \(Self.message(finding)) "
            + "(\(finding.certainty.rawValue); \(finding.length) bytes at \(finding.offset))\n"
    }

    /// `{"bytes": n, "files": n, "findings": [...]}`.
    func json(fileCount: Int, byteCount: Int) -> JSONValue {
        .object([
            "files": .integer(fileCount), "bytes": .integer(byteCount),
            "findings": .array(leaks.map { json($0.leak, $0.fingerprint) }),
        ])
    }

    private func json(_ leak: AuditedFiles.Leak, _ fingerprint: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "file": .string(name(of: leak)), "line": .integer(leak.finding.line),
            "column": .integer(leak.finding.column), "offset": .integer(leak.finding.offset),
            "length": .integer(leak.finding.length),
            "certainty": .string(leak.finding.certainty.rawValue),
            "encodings": .array(leak.finding.encodings.map(JSONValue.string)),
        ]
        switch leak.finding.subject {
        case .secret(let name): members["secret"] = .string(name)
        case .shape(let kind): members["shape"] = .string(kind)
        }
        if let fingerprint { members["fingerprint"] = .string(fingerprint) }
        return .object(members)
    }

    /// A SARIF log with one run (OASIS SARIF 2.1.0, section 3.13).
    var sarif: JSONValue {
        let rules: [JSONValue] = [
            SARIF.rule("leaked-secret", "The value of a known secret stands in the file."),
            SARIF.rule("credential-shape", "Something in the file looks like a credential."),
        ]
        return SARIF.log(
            rules: rules,
            results: leaks.map { result($0.leak, $0.fingerprint) }
        )
    }

    /// Columns are left out, as SARIF counts them in characters.
    private func result(_ leak: AuditedFiles.Leak, _ fingerprint: String?) -> JSONValue {
        let isKnown = if case .secret = leak.finding.subject { true } else { false }
        let region: JSONValue = .object([
            "startLine": .integer(leak.finding.line), "byteOffset": .integer(leak.finding.offset),
            "byteLength": .integer(leak.finding.length),
        ])
        let place: JSONValue = .object([
            "artifactLocation": .object(["uri": .string(SARIF.uri(name(of: leak)))]),
            "region": region,
        ])
        var members: [String: JSONValue] = [
            "ruleId": .string(isKnown ? "leaked-secret" : "credential-shape"),
            "level": .string(isKnown ? "error" : "warning"),
            "message": .object(["text": .string(Self.message(leak.finding))]),
            "locations": .array([.object(["physicalLocation": place])]),
            "properties": .object(["certainty": .string(leak.finding.certainty.rawValue)]),
        ]
        if let fingerprint {
            members["partialFingerprints"] = .object([
                "tacitLeak/v1": .string(fingerprint)
            ])
        }
        return .object(members)
    }

    /// What was found, in words.
    static func message(_ finding: LeakFinding) -> String {
        let how = finding.encodings.filter { $0 != "raw" }.joined(separator: ", ")
        let suffix = how.isEmpty ? "" : " as \(how)"
        return switch finding.subject {
        case .secret(let name): "secret `\(name)`\(suffix)"
        case .shape(let kind): "looks like a credential: \(kind)"
        }
    }

    private func name(of leak: AuditedFiles.Leak) -> String {
        PrintableText.escape(redactor.redact(leak.file))
    }
}
