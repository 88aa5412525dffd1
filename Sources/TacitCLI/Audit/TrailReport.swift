// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import RunRecords
internal import Secrets

/// Checks the records of runs against their chains and says where they break.
struct TrailReport {
    private let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    /// Ends with 1 when anything is wrong; `saved` are heads that were exported before.
    func verify(
        _ runs: [RunIdentifier],
        saved: [RunIdentifier: TrailHead]
    ) throws -> ExitCode {
        let key: TrailKey
        do {
            key = try TrailKey(of: try AuditKey.open(stateDirectory: report.state))
        } catch {
            throw CommandFailure(.hostLacking, "the key of the records: \(error)")
        }
        let verifier = TrailVerifier(in: report.state, key: key)
        var broken = 0
        // A run that was exported and has left nothing at all is missing, too.
        let all = runs + saved.keys.filter { !runs.contains($0) }.sorted { $0.text < $1.text }
        for run in all {
            let verdict: TrailVerdict
            do {
                verdict = try verifier.verify(run, saved: saved[run])
            } catch {
                throw CommandFailure(.hostLacking, "the record of run \(run): \(error)")
            }
            if !verdict.isIntact { broken += 1 }
            try write(verdict)
        }
        report.terminal.note(
            broken == 0
                ? "\(all.count) records are as they were written"
                : "\(broken) of \(all.count) records are not as they were written"
        )
        return broken == 0 ? .success : .runFailed
    }

    private func write(_ verdict: TrailVerdict) throws {
        switch report.format {
        case .json: try report.terminal.write(Self.line(verdict).bytes.span)
        case .text: try report.terminal.write(Array(Self.text(verdict).utf8).span)
        }
    }

    private static func text(_ verdict: TrailVerdict) -> String {
        if verdict.isRemoved { return "\(verdict.run)  removed\n" }
        if verdict.isIntact { return "\(verdict.run)  intact  \(verdict.lineCount) lines\n" }
        return verdict.breaks.map { found in
            "\(verdict.run)  \(found.kind.rawValue)  \(found.message)\n"
        }.joined()
    }

    private static func line(_ verdict: TrailVerdict) -> JSONLine {
        var line = JSONLine()
        line.add("run", verdict.run.text)
        line.add("lines", verdict.lineCount)
        line.add("intact", verdict.isIntact)
        line.add("removed", verdict.isRemoved)
        line.add(
            "breaks",
            .array(
                verdict.breaks.map { found in
                    .object([
                        "kind": .string(found.kind.rawValue), "line": .integer(found.line),
                        "message": .string(found.message),
                    ])
                }
            )
        )
        line.finish()
        return line
    }
}
