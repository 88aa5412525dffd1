// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Redaction

/// The audit's search for what may be encoded, against a loop that looks at every byte.
struct DigitRunTests {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".utf8
    )

    @Test func `the first run of digits is found wherever it begins, and nothing shorter`() {
        var random = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: .min ... .max, using: &random)
        var state = seed
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<3000 {
            var text: [UInt8] = []
            while text.count < 150 {
                for _ in 0..<next(34) { text.append(Self.digits[next(Self.digits.count)]) }
                text.append(UInt8(next(256)))
            }
            text.removeLast(next(60))
            let start = next(text.count)
            let found = firstDigitRun(in: text.span, from: start, count: 24)
            let expected = (start..<text.count).first { place in
                place + 24 <= text.count
                    && text[place..<place + 24].allSatisfy { Self.digits.contains($0) }
            }
            #expect(found == expected, "seed \(seed)")
        }
    }

    @Test func `every byte is taken for a digit that is one, and no other`() {
        for byte in UInt8.min...UInt8.max {
            let text =
                [UInt8](repeating: 0x41, count: 12) + [byte] + [UInt8](repeating: 0x61, count: 11)
            let found = firstDigitRun(in: text.span, from: 0, count: 24)
            #expect((found == 0) == Self.digits.contains(byte), "byte \(byte)")
        }
    }

    @Test func `folding by pairs keeps what folding byte by byte keeps`() {
        var all: [UInt8] = []
        for first in UInt8.min...UInt8.max { all += [first, 0x61, first, 0x20, 0x42] }
        var text: [UInt8] = []
        while text.count < 1 << 20 { text += all }
        let plain = text.filter { $0 != 0x1B }
        let expected = plain.compactMap { FoldedText.fold($0) }
        #expect(FoldedText(plain.span).bytes == expected)
        #expect(
            FoldedText(plain.span.extracting(..<1000)).bytes
                == plain[..<1000].compactMap { FoldedText.fold($0) }
        )
    }
}
