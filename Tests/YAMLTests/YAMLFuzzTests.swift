// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import TestSupport
import Testing

@testable import YAML

@Suite(.timeLimit(.minutes(1))) struct YAMLFuzzTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let seeds = [
        "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t, labels: {a: \"b\\n\"}}\nspec:\n  steps:\n  - &s\n    name: é\n    script: |\n      echo \"$(params.a)\"\n  - <<: *s\n    name: 010\n---\n- !!str 1\n- ? x\n  : 'y'\n- >-\n  folded\n  text\n",
        #"{"kind":"Task","spec":{"steps":[{"name":"a","script":"\ud83d\ude00\n"},{"x":[1.5e3,null,true]}]}}"#,
        "%YAML 1.1\n%TAG ! tag:x,2000:\n---\n!a &b [*b, {c: d}]\n...\n# c\n---\n\"\\x41\\u00e9\": &x |2+\n   a\n\n",
    ]
    private static let pieces =
        [
            ":", " ", "- ", "\n", "\t", "[", "]", "{", "}", ",", "&a ", "*a", "!", "!!int ", "|",
            ">", "'", "\"",
            "\\", "#", "%", "@", "---\n", "...\n", "<<: ", "? ", "~", "0x", "é", "😀", "\u{2028}",
            "\u{85}", "\r",
        ].map { Array($0.utf8) } + [[0xff], [0x00], [0xc3], [0xed, 0xa0]]

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `a mangled file yields documents or diagnostics with places in the file`(seed: UInt64) {
        var random = Generator(state: seed)
        var bytes = Array(Self.seeds[Int(seed) % Self.seeds.count].utf8)
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let position = Int.random(in: 0...bytes.count, using: &random)
            let length = Int.random(in: 0...min(8, bytes.count - position), using: &random)
            let piece = Self.pieces.randomElement(using: &random) ?? []
            bytes.replaceSubrange(position..<(position + length), with: piece)
        }
        let (documents, diagnostics) = YAMLParser.parse(bytes, file: "f")
        // A final line feed is supplied where it lacks.
        let lines = (bytes + [0x0a]).split(separator: 0x0a, omittingEmptySubsequences: false)
        for location in diagnostics.compactMap(\.location) + documents.map(\.location) {
            #expect((1...lines.count).contains(location.line), "seed \(seed)")
            let width = location.line <= lines.count ? lines[location.line - 1].count : 0
            #expect((1...(width + 1)).contains(location.column), "seed \(seed)")
        }
        for document in documents {
            // What was read can be written and read again, unless a diagnostic says what is odd about it.
            let again = YAMLParser.parse(YAMLWriter.write(document.json), file: "f")
            if document.json != .null, diagnostics.isEmpty {
                #expect(again.documents.map(\.json) == [document.json], "seed \(seed)")
            }
        }
    }
}
