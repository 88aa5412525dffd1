// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import Redaction
internal import RunEngine
internal import RunRecords
internal import Tekton

extension RunSequence {
    /// Looks through all that a run has written, and fails the run where a secret's value is found, unless
    /// `--allow-leaks` was given.
    ///
    /// `objects` are what is to be printed of the run; they are redacted, and get the counts as an annotation.
    func prove(
        _ condition: inout Condition,
        _ objects: inout [JSONValue],
        _ directory: RunDirectory,
        _ logs: LogDirectory?,
        with proof: RunProof,
        _ tally: AccessTally
    ) async -> RunProofOutcome {
        let redaction = ObjectRedaction(redactor: redactor)
        let before = objects.map { redaction.redact($0) }
        let artefacts = (logs?.takeWritten() ?? []).map(\.artefact) + Self.records(directory)
        let concluded = try? await SystemThread.run("proof") {
            var objects = before
            let outcome = proof.conclude(artefacts, &objects)
            return (outcome, objects)
        }
        guard var (outcome, after) = concluded else {
            preconditionFailure("looking through artefacts throws nothing")
        }
        (outcome.readCount, outcome.readerCount) = tally.counts
        if outcome.leakCount > 0, !request.allowsLeaks {
            condition.status = .failed
            condition.reason = "SecretLeaked"
            condition.message = outcome.message
            after = after.enumerated().map { $0 == 0 ? $1.with(condition) : $1 }
        }
        if !after.isEmpty { after[0] = after[0].with(outcome) }
        objects = after
        return outcome
    }

    /// Tells the user what the proof came to.
    func tell(_ outcome: RunProofOutcome) {
        for failure in outcome.failures {
            context.terminal.note("tacit: warning: not looked at: \(redactor.redact(failure))")
        }
        for place in outcome.places {
            context.terminal.note("tacit: leak: \(redactor.redact(place))")
        }
        for place in outcome.quarantined {
            context.terminal.note("tacit: quarantined: \(redactor.redact(place))")
        }
        context.terminal.note("tacit: \(outcome.line)")
    }

    /// The files of a run's record.
    ///
    /// They stay where they are, for they are private already.
    private static func records(_ directory: RunDirectory) -> [RunProof.Artefact] {
        let names = (try? Directory.names(in: directory.path)) ?? []
        return names.filter { $0 != "lock" }.compactMap { name in
            let path = "\(directory.path)/\(name)"
            guard (try? FileStatus(of: path, followingLinks: false))?.kind == .regular else {
                return nil
            }
            return RunProof.Artefact(
                name: path,
                open: { try FileDescriptor.open(path, [.noFollow]) },
                quarantine: {
                    try FileDescriptor.open(path, [.noFollow]).setPermissions(0o600)
                    return path
                },
                isRecord: true
            )
        }
    }
}

extension JSONValue {
    /// The object with another condition in its status.
    fileprivate func with(_ condition: Condition) -> JSONValue {
        changing("status") { $0["conditions"] = .array([condition.json]) }
    }

    /// The object with the proof's counts in its annotations.
    fileprivate func with(_ outcome: RunProofOutcome) -> JSONValue {
        let text = String(decoding: outcome.json.serialize(), as: UTF8.self)
        return changing("metadata") { metadata in
            metadata["annotations"] = (metadata["annotations"] ?? .object([:])).adding(
                RunProofOutcome.annotation,
                .string(text)
            )
        }
    }

    private func adding(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[name] = value
        return .object(members)
    }

    private func changing(
        _ name: String,
        _ change: (inout [String: JSONValue]) -> Void
    ) -> JSONValue {
        guard case .object(var members) = self, case .object(var inner)? = members[name] else {
            return self
        }
        change(&inner)
        members[name] = .object(inner)
        return .object(members)
    }
}
