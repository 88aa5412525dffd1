// SPDX-License-Identifier: Apache-2.0
import Platform

/// The values and logs that the redaction benchmarks run over.
struct RedactionInputs {
    let workplace: Workplace
    /// Where large files go: a tmpfs.
    let memory: String

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
    )

    /// Writes so many random tokens, a line each; most of letters and digits, some with punctuation.
    func values(_ count: Int) throws -> (path: String, values: [[UInt8]]) {
        var random = BenchmarkRandom(seed: 11)
        let punctuation = Array("-_.+/=!$&#%@".utf8)
        let values = (0..<count).map { place -> [UInt8] in
            (0..<24 + random.below(17)).map { _ in
                let isPunctuation = place % 5 == 4 && random.below(6) == 0
                let from = isPunctuation ? punctuation : Self.alphabet
                return from[random.below(from.count)]
            }
        }
        let path = "\(memory)/values-\(count)"
        let file = try FileDescriptor.open(path, [.writeOnly, .create, .truncate])
        try file.write(Array(values.joined(separator: [0x0A])) + [0x0A])
        return (path, values)
    }

    enum Log: String, CaseIterable {
        case clean = "clean log"
        case some = "one secret in 1,000 lines"
        case misses = "nothing but near misses"
    }

    /// Writes a log; a block of some megabytes again and again.
    func log(_ log: Log, _ values: [[UInt8]], byteCount: Int) throws -> String {
        let block =
            log == .misses ? misses(values) : lines(log == .some ? values : [])
        let path = "\(memory)/log"
        let file = try FileDescriptor.open(path, [.writeOnly, .create, .truncate])
        var left = byteCount
        while left > 0 {
            let count = min(left, block.count)
            try file.write(block.span.extracting(..<count))
            left -= count
        }
        return path
    }

    private func lines(_ values: [[UInt8]]) -> [UInt8] {
        var random = BenchmarkRandom(seed: 5)
        var block: [UInt8] = []
        let words = [
            "compiling", "linking", "downloading", "testing", "-O2", "-Wall", "objects", "Sources",
            "module", "warning:", "unused", "variable", "done", "in", "seconds", "from", "cache",
        ]
        for line in 0..<60_000 {
            block += Array("[\(line)] 10:\(line % 60):\(line % 59) ".utf8)
            for _ in 0..<3 + random.below(6) {
                block += Array(words[random.below(words.count)].utf8) + [0x20]
            }
            if line % 1000 == 999, !values.isEmpty { block += values[random.below(values.count)] }
            if line % 7 == 0 { block += Array("sha256:\(String(random.next(), radix: 16))".utf8) }
            block.append(0x0A)
        }
        return block
    }

    /// Values, each without its last character or with another one in its place.
    private func misses(_ values: [[UInt8]]) -> [UInt8] {
        var random = BenchmarkRandom(seed: 6)
        var block: [UInt8] = []
        while block.count < 4 << 20 {
            var value = values[random.below(values.count)]
            value[value.count - 1] = 0x7E
            block += value + [random.below(4) == 0 ? 0x0A : 0x20]
        }
        return block
    }
}

/// A small generator, the same in every run (Knuth's MMIX constants).
struct BenchmarkRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    /// A number below `limit`.
    mutating func below(_ limit: Int) -> Int { Int((next() >> 20) % UInt64(limit)) }
}
