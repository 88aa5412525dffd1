// SPDX-License-Identifier: Apache-2.0
import Platform
import Redaction

/// Looks for needles and a text on which the redactor is as slow as can be, and tells its rate on the worst.
enum SlowInputBenchmark {
    private static let byteCount = 1 << 16
    private static let seconds = 30

    /// What a candidate is made from: everything follows from these numbers, which are changed one by one.
    private struct Candidate {
        var seed: UInt64
        var needleCount: Int
        var shortest: Int
        var spread: Int
        var letters: Int
        /// How many of the needles' first bytes are the same.
        var shared: Int
        /// What the text consists of: needles cut at their ends, a period, or noise of the same letters.
        var kind: Int
        var period: Int

        init(_ random: inout BenchmarkRandom) {
            seed = random.next()
            needleCount = 1 + random.below(400)
            shortest = 4 + random.below(40)
            spread = 1 + random.below(200)
            letters = 1 + random.below(4)
            shared = random.below(60)
            kind = random.below(4)
            period = 1 + random.below(40)
        }

        func changed(_ random: inout BenchmarkRandom) -> Candidate {
            var other = self
            let fresh = Candidate(&random)
            switch random.below(8) {
            case 0: other.seed = fresh.seed
            case 1: other.needleCount = fresh.needleCount
            case 2: other.shortest = fresh.shortest
            case 3: other.spread = fresh.spread
            case 4: other.letters = fresh.letters
            case 5: other.shared = fresh.shared
            case 6: other.kind = fresh.kind
            default: other.period = fresh.period
            }
            return other
        }
    }

    static func run(in workplace: Workplace) throws -> [Figure] {
        var random = BenchmarkRandom(seed: 77)
        var worst = (candidate: Candidate(&random), rate: Double.infinity)
        let end = ContinuousClock.now + .seconds(seconds)
        var tried = 0
        while .now < end {
            let isFresh = tried % 4 == 0
            let candidate = isFresh ? Candidate(&random) : worst.candidate.changed(&random)
            let rate = rate(of: candidate)
            if rate < worst.rate { worst = (candidate, rate) }
            tried += 1
        }
        try FileDescriptor(owning: 2).write("the slowest of \(tried): \(worst.candidate)\n")
        return [
            Figure(
                title: "the slowest of \(tried) inputs that were looked for",
                unit: .megabytesPerSecond,
                measured: rate(of: worst.candidate),
                bound: .above(100)
            )
        ]
    }

    /// The best of three: what is slow must be so again and again.
    private static func rate(of candidate: Candidate) -> Double {
        var random = BenchmarkRandom(seed: candidate.seed)
        let needles = needles(of: candidate, &random)
        let redactor = Redactor(encodings: [])
        for needle in needles { redactor.register(needle.span, name: "n") }
        let text = text(of: candidate, needles, &random)
        var best = Duration.seconds(1000)
        for _ in 0..<3 {
            var stream = redactor.stream()
            let start = ContinuousClock.now
            var place = 0
            while place < text.count {
                let end = min(place + 16384, text.count)
                stream.write(text.span.extracting(place..<end)) { _ in }
                place = end
            }
            stream.finish { _ in }
            best = min(best, start.duration(to: .now))
        }
        return Double(text.count) / 1_000_000 / (best / .seconds(1))
    }

    private static func needles(
        of candidate: Candidate,
        _ random: inout BenchmarkRandom
    ) -> [[UInt8]] {
        func letter(_ random: inout BenchmarkRandom) -> UInt8 {
            UInt8(ascii: "a") + UInt8(random.below(candidate.letters))
        }
        let beginning = (0..<candidate.shared).map { _ in letter(&random) }
        return (0..<candidate.needleCount).map { _ in
            let count = candidate.shortest + random.below(candidate.spread)
            let own = (0..<max(1, count - beginning.count)).map { _ in letter(&random) }
            return beginning + own
        }
    }

    private static func text(
        of candidate: Candidate,
        _ needles: [[UInt8]],
        _ random: inout BenchmarkRandom
    ) -> [UInt8] {
        var text: [UInt8] = []
        let period = (0..<candidate.period).map { _ in
            UInt8(ascii: "a") + UInt8(random.below(candidate.letters))
        }
        while text.count < byteCount {
            let needle = needles[random.below(needles.count)]
            switch candidate.kind {
            case 0: text += needle.dropLast() + [0x7A]
            case 1: text += period
            case 2: text += needle.prefix(random.below(needle.count))
            default: text.append(UInt8(ascii: "a") + UInt8(random.below(candidate.letters)))
            }
        }
        return Array(text.prefix(byteCount))
    }
}
