// SPDX-License-Identifier: Apache-2.0
@testable import Redaction
import Testing

/// Random needles over tiny alphabets, which overlap, nest and repeat themselves, against the oracle.
@Suite struct DifferentialTests {
    private struct Scenario {
        var needles: [[UInt8]] = []
        var text: [UInt8] = []

        init(_ generator: inout SeededGenerator) {
            let alphabet = Array("ab[c".utf8.prefix(Int.random(in: 1...4, using: &generator)))
            func word(_ lengths: ClosedRange<Int>) -> [UInt8] {
                (0..<Int.random(in: lengths, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? 0
                }
            }
            let longest = [6, 12, 20, 40].randomElement(using: &generator) ?? 6
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let former = needles.randomElement(using: &generator) ?? []
                let isExtension = Bool.random(using: &generator)
                needles.append(Array((isExtension ? former : []) + word(4...longest)))
            }
            while text.count < 300 {
                let piece = needles.randomElement(using: &generator) ?? []
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: text += piece
                case 1: text += piece.prefix(Int.random(in: 0...piece.count, using: &generator))
                case 2: text += word(0...10)
                default: text.append(UInt8(ascii: "."))
                }
            }
        }

        var oracle: RedactionOracle {
            RedactionOracle(
                needles: needles.enumerated().map { place, needle in
                    (needle, "n\(needles.firstIndex(of: needle) ?? place)")
                }
            )
        }

        var redactor: Redactor {
            let redactor = Redactor(encodings: [])
            for (place, needle) in needles.enumerated() {
                redactor.register(needle.span, name: "n\(place)")
            }
            return redactor
        }
    }

    private func check(
        _ scenario: Scenario,
        cutAt next: () -> Int,
        byAutomaton: Bool = false,
        seed: UInt64
    ) {
        let oracle = scenario.oracle
        var stream = scenario.redactor.stream(byAutomaton: byAutomaton)
        var output: [UInt8] = []
        var place = 0
        while place < scenario.text.count {
            let end = min(place + next(), scenario.text.count)
            let pieces = stream.pieces(Array(scenario.text[place..<end]))
            place = end
            #expect(pieces.count <= 1, "seed \(seed)")
            output += pieces.joined()
            let expected = oracle.heldCount(Array(scenario.text[..<place]))
            #expect(stream.heldCount == expected, "seed \(seed) at \(place)")
        }
        // A byte that no needle has refutes what is held.
        output += stream.pieces(Array(".".utf8)).joined()
        let expected = oracle.masked(scenario.text + Array(".".utf8))
        #expect(
            output == expected,
            "seed \(seed): \(String(decoding: output, as: UTF8.self))"
        )
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `whole, byte by byte and at random cuts the outcome is the oracle's`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<4 {
            let scenario = Scenario(&generator)
            check(scenario, cutAt: { .max / 2 }, seed: seed)
            check(scenario, cutAt: { 1 }, seed: seed)
            check(scenario, cutAt: { Int.random(in: 1...50, using: &generator) }, seed: seed)
        }
    }

    @Test(arguments: 100..<140 as Range<UInt64>)
    func `by the automaton the outcome is the oracle's, too, however the text is cut`(seed: UInt64)
    {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<4 {
            let scenario = Scenario(&generator)
            check(scenario, cutAt: { .max / 2 }, byAutomaton: true, seed: seed)
            check(scenario, cutAt: { 1 }, byAutomaton: true, seed: seed)
            check(
                scenario,
                cutAt: { Int.random(in: 1...50, using: &generator) },
                byAutomaton: true,
                seed: seed
            )
        }
    }

    /// As where a text is slow to look up: within a write and between writes, to and fro.
    @Test func `turning to the automaton and back changes nothing`() {
        var turnCount = 0
        for seed in 200..<260 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var scenario = Scenario(&generator)
            let piece = scenario.text
            while scenario.text.count < 4000 { scenario.text += piece }
            let effort = ScanEffort(
                mostSaved: Int.random(in: 1...60, using: &generator),
                automatonByteCount: Int.random(in: 1...200, using: &generator),
                borrows: false
            )
            var stream = RedactingStream(scenario.redactor, effort: effort)
            var output: [UInt8] = []
            var place = 0
            while place < scenario.text.count {
                let end = min(
                    place + Int.random(in: 1...90, using: &generator),
                    scenario.text.count
                )
                output += stream.pieces(Array(scenario.text[place..<end])).joined()
                place = end
            }
            output += stream.pieces(Array(".".utf8)).joined()
            let expected = scenario.oracle.masked(scenario.text + Array(".".utf8))
            #expect(output == expected, "seed \(seed)")
            turnCount += stream.turnCount
        }
        #expect(turnCount > 600, "both ways are taken")
    }

    /// The automaton has rows where needles part, and chains between where there are too many states.
    @Test(arguments: 0..<60 as Range<UInt64>, [0, .max])
    func `looking up and the automaton find the same`(seed: UInt64, mostWords: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let scenario = Scenario(&generator)
        let index = scenario.redactor.compiled().index
        let automaton = try #require(index.makeAutomaton(mostWords: mostWords))
        for end in stride(from: 0, through: scenario.text.count, by: 7) {
            let text = Array(scenario.text[..<end])
            var scratch = ScanScratch()
            let open = index.scan(text, into: &scratch)
            var found = FoundMasks()
            #expect(automaton.scan(text.span, into: &found) == open, "seed \(seed) at \(end)")
            #expect(found.masks == scratch.found.masks, "seed \(seed) at \(end)")
        }
    }

    @Test func `the needles of a real set are found alike by both`() throws {
        let redactor = Redactor()
        for place in 0..<40 {
            var generator = SeededGenerator(seed: UInt64(place))
            let token = (0..<30).map { _ in UInt8.random(in: 0x21...0x7E, using: &generator) }
            redactor.register(token.span, name: "n\(place)")
        }
        let index = redactor.compiled().index
        let automaton = try #require(index.makeAutomaton())
        var generator = SeededGenerator(seed: 1)
        let needles = redactor.needles
        for _ in 0..<200 {
            var text: [UInt8] = []
            for _ in 0..<8 {
                let needle = needles.randomElement(using: &generator) ?? []
                let isWhole = Bool.random(using: &generator)
                let count =
                    isWhole ? needle.count : Int.random(in: 0...needle.count, using: &generator)
                text += needle.prefix(count)
            }
            var scratch = ScanScratch()
            let open = index.scan(text, into: &scratch)
            var found = FoundMasks()
            #expect(automaton.scan(text.span, into: &found) == open)
            #expect(found.masks == scratch.found.masks)
        }
    }

    /// Long writes after a hold are looked at where they are.
    @Test(arguments: 0..<30 as Range<UInt64>)
    func `long writes after a hold have the oracle's outcome`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var scenario = Scenario(&generator)
        let piece = scenario.text
        while scenario.text.count < 12_000 { scenario.text += piece }
        let oracle = scenario.oracle
        var stream = scenario.redactor.stream(byAutomaton: seed % 3 == 0)
        var output: [UInt8] = []
        var place = 0
        while place < scenario.text.count {
            let isShort = Bool.random(using: &generator)
            let count = isShort ? 1 : Int.random(in: 2048...4096, using: &generator)
            let end = min(place + count, scenario.text.count)
            let pieces = stream.pieces(Array(scenario.text[place..<end]))
            #expect(pieces.count <= 1)
            output += pieces.joined()
            place = end
        }
        output += stream.pieces(Array(".".utf8)).joined()
        #expect(output == oracle.masked(scenario.text + Array(".".utf8)), "seed \(seed)")
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `what is registered between two writes applies from the next byte`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let scenario = Scenario(&generator)
        let oracle = scenario.oracle
        let redactor = Redactor(encodings: [])
        var stream = redactor.stream()
        // Nothing is registered yet, so all of this leaves as it is.
        #expect(Array(stream.pieces(scenario.text).joined()) == scenario.text)
        for (place, needle) in scenario.needles.enumerated() {
            redactor.register(needle.span, name: "n\(place)")
        }
        var output = Array(stream.pieces(scenario.text).joined())
        output += stream.pieces(Array(".".utf8)).joined()
        #expect(output == oracle.masked(scenario.text + Array(".".utf8)), "seed \(seed)")
    }
}
