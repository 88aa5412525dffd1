// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import Redaction
internal import Synchronization

/// Looks at the end of a run through everything that it has written, with the eyes of `tacit audit leaks`.
///
/// Output that is only shown, and kept in no log, is looked at as it is shown.
final class RunProof: Sendable {
    /// A file that a run has written.
    struct Artefact: Sendable {
        var name: String
        var open: @Sendable () throws -> FileDescriptor
        /// Takes it out of everybody's sight, and tells where it is then.
        var quarantine: @Sendable () throws -> String
        /// Whether it is a record, in which names stay as they are.
        var isRecord = false
    }

    private let redactor: Redactor
    private let shown = Mutex<[ShownOutput]>([])
    private let masksBefore = Mutex(0)

    init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    /// A sink that looks at what a step shows.
    func sink(for name: String) -> ShownOutput {
        let output = ShownOutput(name, redactor)
        shown.withLock { $0.append(output) }
        return output
    }

    /// Looks through what a run has written; blocks.
    ///
    /// - Parameters:
    ///   - artefacts: its files; those in which something is found are quarantined.
    ///   - objects: what is to be printed of it; what is found in them is taken out.
    /// - Returns: what was looked at and found.
    func conclude(_ artefacts: [Artefact], _ objects: inout [JSONValue]) -> RunProofOutcome {
        let audit = LeakAudit(redactor)
        var outcome = RunProofOutcome()
        outcome.maskCount = masksSince()
        for output in shown.withLock({ exchange(&$0, with: []) }) { outcome.add(output.conclude()) }
        examine(artefacts, audit, &outcome)
        for place in objects.indices {
            let text = objects[place].serialize()
            outcome.byteCount += text.count
            let told = ObjectRedaction(redactor: redactor).withoutNamesOfFiles(objects[place])
            let findings = audit.findings(in: told.serialize().span)
            if findings.isEmpty { continue }
            outcome.add(findings, in: "object \(place + 1)")
            objects[place] = taken(out: objects[place], audit)
        }
        return outcome
    }

    /// How many masks were printed since the last run's end.
    private func masksSince() -> Int {
        let total = redactor.maskCounts.reduce(0) { $0 + $1.count }
        return masksBefore.withLock { before in
            defer { before = total }
            return total - before
        }
    }

    private func examine(
        _ artefacts: [Artefact],
        _ audit: LeakAudit,
        _ outcome: inout RunProofOutcome
    ) {
        var found: [String: [LeakFinding]] = [:]
        var files = AuditedFiles(audit) { found[$0.file, default: []].append($0.finding) }
        for artefact in artefacts {
            do {
                files.examine(try artefact.open(), named: artefact.name)
            } catch {
                outcome.failures.append("`\(artefact.name)`: \(error)")
            }
        }
        files.finish()
        outcome.byteCount += files.byteCount
        outcome.failures += files.failures
        for artefact in artefacts {
            guard var findings = found[artefact.name] else { continue }
            if artefact.isRecord, let file = try? artefact.open(),
                let told = try? RecordedNames(audit: audit).findings(findings, in: file)
            {
                findings = told
            }
            if findings.isEmpty { continue }
            outcome.add(findings, in: artefact.name)
            do {
                outcome.quarantined.append(try artefact.quarantine())
            } catch {
                outcome.failures.append("`\(artefact.name)` could not be quarantined: \(error)")
            }
        }
    }

    /// The value without the texts in which something is found.
    private func taken(out value: JSONValue, _ audit: LeakAudit) -> JSONValue {
        switch value {
        case .string(let text):
            let bytes = Array(text.utf8)
            return audit.findings(in: bytes.span).isEmpty ? value : .string("[REDACTED]")
        case .array(let elements): return .array(elements.map { taken(out: $0, audit) })
        case .object(let members): return .object(members.mapValues { taken(out: $0, audit) })
        case .null, .bool, .number: return value
        }
    }
}

private func exchange<Value>(_ place: inout Value, with value: Value) -> Value {
    defer { place = value }
    return place
}
