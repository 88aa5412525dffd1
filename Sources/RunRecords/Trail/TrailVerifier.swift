// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform

/// Checks event files: every line's code, their order, and how far they go.
package struct TrailVerifier {
    /// After so many breaks a file is not looked at any further.
    package static let breakLimit = 20

    private let state: String
    private let heads: TrailHeads
    private let key: TrailKey

    /// - Parameters:
    ///   - state: the state directory.
    ///   - key: under which the lines were chained.
    package init(in state: String, key: TrailKey) {
        self.state = state
        self.key = key
        heads = TrailHeads(in: state)
    }

    /// Checks one run.
    ///
    /// - Parameters:
    ///   - run: whose event file is checked.
    ///   - saved: a head of the run that was kept elsewhere: the file must have come through it.
    /// - Returns: what is wrong with it, if anything.
    /// - Throws: `SystemError` when it cannot be read, `CryptographyError`.
    package func verify(_ run: RunIdentifier, saved: TrailHead? = nil) throws -> TrailVerdict {
        var verdict = TrailVerdict(run)
        // Before the file: a run that is under way may go on meanwhile.
        let head = try heads.head(of: run)
        do {
            let lines = try EventLines(of: run, in: state)
            var walk = TrailWalk(
                try TrailChain(key, run: run),
                head: head,
                saved: saved
            )
            try walk.check(lines, &verdict)
        } catch let error as SystemError where error.code == .notFound {
            if head?.isRemoved == true {
                verdict.isRemoved = true
            } else {
                verdict.breaks.append(TrailBreak(.missing, "the run's event file is gone"))
            }
            return verdict
        }
        check(head, saved, &verdict)
        return verdict
    }

    private func check(_ head: TrailHead?, _ saved: TrailHead?, _ verdict: inout TrailVerdict) {
        if let head, verdict.lineCount < head.lineCount {
            verdict.breaks.append(truncated(to: verdict.lineCount, of: head.lineCount))
        } else if let saved, verdict.lineCount < saved.lineCount {
            verdict.breaks.append(truncated(to: verdict.lineCount, of: saved.lineCount))
        } else if head == nil && saved == nil {
            verdict.breaks.append(
                TrailBreak(.headless, "no head is kept of it: lines may be missing at its end")
            )
        }
    }

    private func truncated(to count: Int, of whole: Int) -> TrailBreak {
        TrailBreak(
            .truncated,
            line: count + 1,
            "the file ends after line \(count); it had \(whole) lines"
        )
    }
}
