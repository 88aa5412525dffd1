// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Diagnostics
import JSON
import Platform
import Testing
import YAML

@testable import Secrets

/// Texts that nobody would write: read or refused, never a crash.
struct HostileTextTests {
    /// A small generator whose seed stands in the failure's message.
    private struct Randomness: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private func mutated(_ text: String, _ random: inout Randomness) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.remove(at: place)
            case 1:
                let alphabet = Array("{}[]:,-|>\"'\\ \n\t0e.u#=&*!~".utf8)
                bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
            case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
            default:
                let end = Int.random(in: place..<bytes.count, using: &random)
                bytes.insert(contentsOf: bytes[place...end], at: place)
            }
        }
        return bytes
    }

    @Test func `a class that was tampered with gives a class or an error`() {
        let classes = [
            classText(
                "vault",
                "roleName: r\nobjects: |\n  - objectName: a\n    secretPath: p\n    secretArgs: {b: 1}",
                "  secretObjects:\n    - {secretName: s, type: t, data: [{objectName: a, key: k}]}"
            ),
            classText(
                "azure",
                "keyvaultName: kv-1\ntenantId: t\nobjects: |\n  array:\n    - |\n      objectName: a\n"
                    + "      objectType: secret\n      objectVersionHistory: 3"
            ),
            classText(
                "aws",
                "objects: |\n  - objectName: a/b\n    objectType: secretsmanager\n    jmesPath:\n"
                    + "      - {path: p, objectAlias: q}"
            ),
            classText(
                "gcp",
                "secrets: '[{resourceName: projects/p/secrets/s/versions/1, path: a}]'"
            ),
        ]
        for seed in 0..<1500 {
            var random = Randomness(state: UInt64(seed))
            let bytes = mutated(classes[seed % classes.count], &random)
            for document in YAMLParser.parse(bytes, file: "f").documents {
                let (parsed, diagnostics) = SecretProviderClass.parse(document)
                let hasErrors = diagnostics.contains { $0.severity == .error }
                #expect((parsed == nil) == hasErrors, "seed \(seed)")
                let lines = bytes.count(where: { $0 == 0x0a }) + 2
                let places = diagnostics.compactMap(\.location?.line)
                #expect(places.allSatisfy { (1...lines).contains($0) }, "seed \(seed)")
                #expect(places.count == diagnostics.count, "seed \(seed)")
            }
        }
    }

    @Test func `JSON is taken exactly when the JSON module takes it`() throws {
        let texts = [
            #"{"a": "x\n\u00e4", "b": {"base64": "eAo="}, "c": [1, -2.5e+3, true, null]}"#,
            #"[{"k": "\ud83d\ude00"}, "", 0, {}, [], "\\\"\/"]"#,
        ]
        for seed in 0..<4000 {
            var random = Randomness(state: UInt64(seed))
            let bytes = mutated(texts[seed % texts.count], &random)
            let isTaken = (try? SecretJSON.parse(bytes.span)) != nil
            let isJSON = (try? JSONValue.parse(bytes)) != nil
            #expect(isTaken == isJSON, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func `an env file gives entries or problems, at places within it`() throws {
        let text = "A=1\nexport B = 'x y' # c\nC=\"a\\nb\nc\"\n#\n\nD=$A # e\n"
        for seed in 0..<4000 {
            var random = Randomness(state: UInt64(seed))
            let bytes = mutated(text, &random)
            let parsed = try DotEnv.parse(bytes.span)
            let offsets = parsed.entries.map(\.offset) + parsed.problems.map(\.offset)
            #expect(offsets.allSatisfy { (0...bytes.count).contains($0) }, "seed \(seed)")
        }
    }

    @Test func `records that were never written by the store are refused`() throws {
        for seed in 0..<4000 {
            var random = Randomness(state: UInt64(seed))
            let count = Int.random(in: 0..<60, using: &random)
            // Small numbers, so that some lengths fit.
            let bytes = (0..<count).map { _ in
                UInt8.random(in: 0...255, using: &random) & (seed % 2 == 0 ? 3 : 255)
            }
            let block = SharedLockedBytes(try LockedBytes(copying: bytes.span))
            guard let records = StoreRecords.decode(block) else { continue }
            let sizes = records.records.values.flatMap { $0.values.values.map(\.byteCount) }
            #expect(sizes.reduce(0, +) <= count, "seed \(seed)")
        }
    }

    @Test func `records survive being written and read`() throws {
        for seed in 0..<200 {
            var random = Randomness(state: UInt64(seed))
            var records = StoreRecords()
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                let name = "n" + String(Int.random(in: 0..<4, using: &random))
                let key = "k" + String(Int.random(in: 0..<3, using: &random))
                let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                let value = StoreValue(try LockedBytes(copying: bytes.span))
                try records.set([key: value], of: name, at: .init(nanoseconds: Int64(seed)))
            }
            let encoded = SharedLockedBytes(try records.encode())
            let decoded = try #require(StoreRecords.decode(encoded))
            #expect(shown(decoded) == shown(records), "seed \(seed)")
        }
    }

    private func shown(_ records: StoreRecords) -> [String] {
        records.names.flatMap { name -> [String] in
            guard let record = records[name] else { return [] }
            return record.values.keys.sorted().map { key in
                let bytes = record.values[key]?.withBytes { bytes in
                    bytes.indices.map { bytes[$0] }
                }
                return "\(name)#\(key) \(record.version) \(record.changed) \(bytes ?? [])"
            }
        }
    }
}
