// SPDX-License-Identifier: Apache-2.0
@testable import Redaction
import Testing

/// `::add-mask::` on a step's output: what is registered, and what is left to be shown.
@Suite struct MaskCommandReaderTests {
    private struct Outcome: Equatable {
        var shown: [UInt8] = []
        var values: [[UInt8]] = []
    }

    private func read(_ text: [UInt8], cutAt next: () -> Int) -> Outcome {
        var reader = MaskCommandReader()
        var outcome = Outcome()
        var place = 0
        while place < text.count {
            let end = min(place + next(), text.count)
            reader.write(
                text.span.extracting(place..<end),
                registering: { outcome.values.append(array($0)) },
                passing: { outcome.shown += array($0) }
            )
            place = end
        }
        reader.finish(
            registering: { outcome.values.append(array($0)) },
            passing: { outcome.shown += array($0) }
        )
        return outcome
    }

    /// The rules in their plainest form, line by line.
    private func oracle(_ text: [UInt8]) -> Outcome {
        var outcome = Outcome()
        let command = MaskCommandReader.command
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let isLast = number == lines.count - 1
            let blanks = line.prefix { $0 == 0x20 || $0 == 0x09 }
            let place = line.indices.first { line[$0...].starts(with: command) }
            if let place, place == blanks.endIndex {
                outcome.shown += blanks
                outcome.values.append(Array(line[(place + command.count)...]))
                continue
            }
            if let place, line[blanks.endIndex...].first == UInt8(ascii: "+") {
                outcome.shown += line[..<(place + command.count)] + Array("[REDACTED]".utf8)
            } else {
                outcome.shown += line
            }
            if !isLast { outcome.shown.append(0x0A) }
        }
        return outcome
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `whole, byte by byte and at random cuts the outcome is the oracle's`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "::add-mask::", "::add-mas", ":", "::", "\n", "\n", "+ echo ", " ", "value", "k:",
        ]
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 1...60, using: &generator) {
            text += Array((pieces.randomElement(using: &generator) ?? "").utf8)
        }
        let expected = oracle(text)
        #expect(read(text) { .max / 2 } == expected, "seed \(seed)")
        #expect(read(text) { 1 } == expected, "seed \(seed)")
        for _ in 0..<5 {
            let outcome = read(text) { Int.random(in: 1...90, using: &generator) }
            #expect(outcome == expected, "seed \(seed)")
        }
    }

    @Test func `the command's line is left out, and its value handed on`() {
        let outcome = read(Array("a\n  ::add-mask::s3cret value\r\nb\n".utf8)) { .max / 2 }
        #expect(outcome.shown == Array("a\n  b\n".utf8))
        #expect(outcome.values == [Array("s3cret value\r".utf8)])
    }

    @Test func `an escaped value is handed on as it stands and as it is meant`() {
        let outcome = read(Array("::add-mask::50%25%0Aof%0d%7E".utf8)) { 3 }
        #expect(outcome.shown.isEmpty)
        let meant = [Array("50%25%0Aof%0d%7E".utf8), Array("50%\nof\r%7E".utf8)]
        #expect(outcome.values == meant)
    }

    @Test func `a prompt that may become a command appears after a silence, and still may`() {
        var reader = MaskCommandReader()
        var shown: [UInt8] = []
        var values: [[UInt8]] = []
        func write(_ text: String) {
            reader.write(
                Array(text.utf8).span,
                registering: { values.append(array($0)) },
                passing: { shown += array($0) }
            )
        }
        write("::add")
        #expect(reader.heldCount == 5)
        reader.releaseAfterSilence { shown += array($0) }
        #expect(shown == Array("::add".utf8))
        #expect(reader.heldCount == 0)
        write("-mask::value\nnext")
        #expect(shown == Array("::addnext".utf8))
        #expect(values == [Array("value".utf8)])
    }

    @Test func `a value without end is taken up to a limit, and nothing of it is shown`() {
        let text = Array("::add-mask::".utf8) + [UInt8](repeating: 0x61, count: 200_000)
        let outcome = read(text + Array("\nok".utf8)) { 5000 }
        #expect(outcome.shown == Array("\nok".utf8))
        #expect(outcome.values.map(\.count) == [MaskCommandReader.longestValue])
    }
}
