// SPDX-License-Identifier: Apache-2.0
internal import Platform
@testable import Redaction
import Testing

/// For every needle of every secret: wherever it stands, no half of it is left.
@Suite struct NeedlePropertyTests {
    private static let secrets: [(name: String, value: String)] = [
        ("token", "ghp_S1qJ0JoQmYfyvGBNqwN1aaXCoErMh50P2409"), ("short", "k7#Qz"),
        ("password", #"p@ss/w0rd+&="x'<y>\z $H0ME`!%q"#),
        ("words", "correct horse battery staple 42"),
        ("unicode", "pässwörd-ключ-7f3a"), ("uuid", "7f3a1c92-4be0-4d1f-9a6e-0c55d2e4b7f1"),
        ("json", #"{"user":"admin","password":"s3cr3t/Pa55\"word","port":5432}"#),
        ("url", "https://deploy:tr0ub4dor%263@db.example.com/x"),
        ("docker", #"{"auths":{"r.example.com":{"auth":"dXNlcjpzM2NyM3QtcGFzcw=="}}}"#),
        (
            "key",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nq83nZkab0123wxyzP9LmK2QvT7uJ\nshort\n-----END PRIVATE KEY-----"
        ),
    ]

    /// Every needle that the policy derives from a value.
    private func needles(of value: String) -> [[UInt8]] {
        var store = NeedleStore()
        var workbench = NeedleWorkbench()
        let bytes = Array(value.utf8)
        _ = NeedlePolicy(secret: 0, encodings: Set(NeedleEncoding.allCases))
            .addNeedles(of: bytes.span, to: &store, on: &workbench)
        let region = store.region
        return store.needles.map { region.withBytes($0.bytes) { array($0) } }
    }

    @Test(arguments: secrets.indices)
    func `a needle in any text leaves no run of half its length`(_ place: Int) {
        let (name, value) = Self.secrets[place]
        let redactor = Redactor()
        redactor.register(value, name: name)
        var generator = SeededGenerator(seed: UInt64(place))
        for needle in needles(of: value) {
            // Nothing of the needle may stand in what is around it, for that would be no leak.
            let around = (0x20...0xFF as ClosedRange<UInt8>).filter { !needle.contains($0) }
            func noise() -> [UInt8] {
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    around.randomElement(using: &generator) ?? 0x20
                }
            }
            let text = noise() + needle + noise() + needle + noise()
            var pieces: [[UInt8]] = []
            var rest = text[...]
            while !rest.isEmpty {
                pieces.append(Array(rest.prefix(Int.random(in: 1...90, using: &generator))))
                rest = rest.dropFirst(pieces[pieces.count - 1].count)
            }
            let mask = Array("[REDACTED:\(name)]".utf8)
            for output in [redactor.output([text]), redactor.output(pieces)] {
                let left = output.without(mask)
                #expect(
                    !left.hasRun(of: needle, count: (needle.count + 1) / 2),
                    "seed \(place): \(String(decoding: needle, as: UTF8.self))"
                )
            }
        }
    }

    @Test func `every secret's needles are many, and each once`() {
        for (name, value) in Self.secrets {
            let needles = needles(of: value)
            #expect(Set(needles).count == needles.count, "\(name)")
            #expect(needles.count >= (name == "short" ? 8 : 20), "\(name): \(needles.count)")
        }
    }
}

extension [UInt8] {
    /// The pieces between the occurrences of `word`, a line feed between.
    fileprivate func without(_ word: [UInt8]) -> [UInt8] {
        var left: [UInt8] = []
        var index = 0
        while index < count {
            if self[index...].starts(with: word) {
                left.append(0x0A)
                index += word.count
            } else {
                left.append(self[index])
                index += 1
            }
        }
        return left
    }

    /// Whether any `count` bytes of `other` that stand together do so here.
    fileprivate func hasRun(of other: [UInt8], count runCount: Int) -> Bool {
        guard count >= runCount else { return false }
        var known: Set<ArraySlice<UInt8>> = []
        for start in 0...other.count - runCount { known.insert(other[start..<start + runCount]) }
        return (0...count - runCount).contains { known.contains(self[$0..<$0 + runCount]) }
    }
}
