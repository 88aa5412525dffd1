// SPDX-License-Identifier: Apache-2.0
import Platform
import Redaction

/// A million streams over random needles, which overlap, nest and repeat themselves, against the plain rules.
enum DifferentialBenchmark {
    private static let executions = 1_000_000
    private static let textsPerSet = 40

    static func run(in workplace: Workplace) throws -> [Figure] {
        let seed = WallClock.system.now().seconds.utf8.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
        // One set of seeds for each processor.
        let workers = OrderedWorkers<UInt64, [UInt64]>("differential") { part in
            var differing: [UInt64] = []
            let sets = executions / textsPerSet / 3 / 8 + 1
            for set in 0..<UInt64(sets) where !agrees(seed &+ part &* 1_000_003 &+ set) {
                differing.append(seed &+ part &* 1_000_003 &+ set)
            }
            return differing
        }
        for part in 0..<UInt64(8) { workers.give(part) }
        var differing: [UInt64] = []
        while let found = workers.take() { differing += found }
        if let first = differing.first {
            try FileDescriptor(owning: 2).write("differs from the plain rules: seed \(first)\n")
        }
        return [
            Figure(
                title: "of \(executions) streams, those that differ from the plain rules",
                unit: .count,
                measured: Double(differing.count),
                bound: .below(1)
            )
        ]
    }

    /// Whole, byte by byte and at random cuts, by looking up and by the automaton.
    private static func agrees(_ seed: UInt64) -> Bool {
        var random = BenchmarkRandom(seed: seed)
        let needles = needles(&random)
        let redactor = Redactor(encodings: [])
        for (place, needle) in needles.enumerated() {
            redactor.register(needle.span, name: "n\(place)")
        }
        let naive = NaiveRedaction(needles: needles)
        for _ in 0..<textsPerSet {
            let text = text(of: needles, &random)
            let expected = naive.masked(text)
            let most = 2 + random.below(20)
            for cut in [text.count, 1, 0] {
                var next = { cut == 0 ? 1 + random.below(most) : cut }
                let byAutomaton = random.below(2) == 0
                if output(redactor, text, byAutomaton, &next) != expected { return false }
            }
        }
        return true
    }

    private static func output(
        _ redactor: Redactor,
        _ text: [UInt8],
        _ byAutomaton: Bool,
        _ next: inout () -> Int
    ) -> [UInt8] {
        var stream = redactor.stream(byAutomaton: byAutomaton)
        var output: [UInt8] = []
        var place = 0
        while place < text.count {
            let end = min(place + next(), text.count)
            stream.write(text.span.extracting(place..<end)) { bytes in
                for index in bytes.indices { output.append(bytes[index]) }
            }
            place = end
        }
        stream.finish { bytes in for index in bytes.indices { output.append(bytes[index]) } }
        return output
    }

    private static func needles(_ random: inout BenchmarkRandom) -> [[UInt8]] {
        let alphabet = Array("ab[c".utf8.prefix(1 + random.below(4)))
        let longest = [6, 12, 20, 40][random.below(4)]
        var needles: [[UInt8]] = []
        for _ in 0..<1 + random.below(8) {
            let former =
                needles.isEmpty || random.below(2) == 0 ? [] : needles[random.below(needles.count)]
            let word = (0..<4 + random.below(longest - 3)).map { _ in
                alphabet[random.below(alphabet.count)]
            }
            let needle = former + word
            if !needles.contains(needle) { needles.append(needle) }
        }
        return needles
    }

    /// Needles, their beginnings and noise; a line feed at the end, which no needle has.
    private static func text(of needles: [[UInt8]], _ random: inout BenchmarkRandom) -> [UInt8] {
        var text: [UInt8] = []
        while text.count < 60 {
            let needle = needles[random.below(needles.count)]
            switch random.below(4) {
            case 0: text += needle
            case 1: text += needle.prefix(random.below(needle.count + 1))
            case 2: text += (0..<random.below(10)).map { _ in needle[random.below(needle.count)] }
            default: text.append(0x2E)
            }
        }
        return text + [0x0A]
    }
}
