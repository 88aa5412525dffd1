// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import JSON
internal import Platform

/// Goes through the lines of one event file and says what is wrong with each.
///
/// A line is genuine when its code continues that of the line before it. Where it does not, the numbers that
/// lines carry tell what happened.
struct TrailWalk: ~Copyable {
    private var chain: TrailChain
    private let saved: TrailHead?
    /// How many lines Tacit is known to have written.
    private let knownCount: Int
    private var previous: TrailCode
    /// The number that the next line should carry.
    private var expected = 1

    init(_ chain: consuming TrailChain, head: TrailHead?, saved: TrailHead?) {
        knownCount = max(head?.lineCount ?? .max, saved?.lineCount ?? 0)
        previous = chain.origin
        self.chain = chain
        self.saved = saved
    }

    mutating func check(_ lines: consuming EventLines, _ verdict: inout TrailVerdict) throws {
        while let line = try lines.next() {
            verdict.lineCount += 1
            if verdict.breaks.count < TrailVerifier.breakLimit {
                try check(line, verdict.lineCount, &verdict)
            }
            if let saved, saved.lineCount == verdict.lineCount, saved.code != previous {
                verdict.breaks.append(
                    TrailBreak(
                        .edited,
                        line: verdict.lineCount,
                        "line \(verdict.lineCount) is not the one whose code was exported"
                    )
                )
            }
        }
        verdict.end = TrailHead(lineCount: verdict.lineCount, code: previous)
    }

    private mutating func check(
        _ line: [UInt8],
        _ number: Int,
        _ verdict: inout TrailVerdict
    ) throws {
        guard let (body, code) = TrailCode.split(line) else {
            verdict.breaks.append(broken(line, number))
            expected += 1
            return
        }
        let isGenuine = try chain.code(of: Array(body).span, after: previous) == code
        let claimed = Self.number(of: body)
        if !isGenuine { verdict.breaks.append(misplaced(claimed, number)) }
        previous = code
        expected = (claimed ?? expected) + 1
    }

    private func broken(_ line: [UInt8], _ number: Int) -> TrailBreak {
        if line.last != UInt8(ascii: "\n") {
            return TrailBreak(.truncated, line: number, "line \(number) is cut off")
        }
        if number == 1 {
            let message = "line 1 carries no code: the file was written without a chain"
            return TrailBreak(.unchained, line: 1, message)
        }
        return TrailBreak(
            number > knownCount ? .appended : .edited,
            line: number,
            "line \(number) carries no code: Tacit did not write it"
        )
    }

    private func misplaced(_ claimed: Int?, _ number: Int) -> TrailBreak {
        if number > knownCount {
            let message = "line \(number) was added: Tacit wrote \(knownCount) lines"
            return TrailBreak(.appended, line: number, message)
        }
        guard let claimed, claimed != expected else {
            return TrailBreak(
                .edited,
                line: number,
                "line \(number) was edited, or the one before it"
            )
        }
        if claimed > expected {
            return TrailBreak(
                .removed,
                line: number,
                "\(claimed - expected) lines are missing before line \(number)"
            )
        }
        return TrailBreak(
            .reordered,
            line: number,
            "line \(number) is event \(claimed), and stands where event \(expected) belongs"
        )
    }

    /// The number of the event on a line.
    private static func number(of body: ArraySlice<UInt8>) -> Int? {
        guard let event = try? JSONValue.parse(Array(body) + [UInt8(ascii: "}")]) else {
            return nil
        }
        return event["seq"]?.integer
    }
}
