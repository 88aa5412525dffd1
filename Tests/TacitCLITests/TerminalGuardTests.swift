// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TacitCLI

@Suite struct TerminalGuardTests {
    private static let cases: [(text: String, shown: String)] = [
        ("plain äöü 漢字 🐦\n", "plain äöü 漢字 🐦\n"),
        ("\u{1b}[31;1mred\u{1b}[0m\u{1b}[K\r50 %", "\u{1b}[31;1mred\u{1b}[0m\u{1b}[K\r50 %"),
        ("\u{1b}[2Aup", "\u{1b}[2Aup"),
        ("\u{1b}]52;c;aGVsbG8=\u{7}x", "^[]52;c;aGVsbG8=x"),
        ("\u{1b}]0;title\u{1b}\\x", "^[]0;title^[\\x"),
        ("\u{1b}[6n\u{1b}[c\u{1b}[>0q\u{1b}[?1049h", "^[[6n^[[c^[[>0q^[[?1049h"),
        ("\u{1b}c\u{1b}P$q\"p\u{1b}\\", "^[c^[P$q\"p^[\\"),
        ("\u{9b}6n\u{90}", "?6n?"),
        ("a\u{5}\u{e}\u{0}b\u{8}c\t", "ab\u{8}c\t"),
        ("\u{1b}\u{1b}[6n", "^[^[[6n"),
        ("\u{1b}[", "^[["),
        ("::set-env name=a::b\n", ": :set-env name=a::b\n"),
        ("  ::error::x\rfine::x\r::y", "  : :error::x\rfine::x\r: :y"),
        ("a ##[command]x ##vso[task.setvariable]y", "a ## [command]x ## vso[task.setvariable]y"),
        ("## Title # ## 1", "## Title # ## 1"),
    ]

    private func shown(_ bytes: [UInt8], cutting cuts: (Int) -> Bool, ci: Bool) -> String {
        var guardian = TerminalGuard(guardsCommands: ci)
        var output: [UInt8] = []
        var piece: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            piece.append(byte)
            if cuts(index) {
                guardian.write(piece.span, to: &output)
                piece = []
            }
        }
        guardian.write(piece.span, to: &output)
        guardian.finish(to: &output)
        return String(decoding: output, as: UTF8.self).replacing("\u{c2}?", with: "?")
    }

    @Test(arguments: cases)
    func `what harms is shown and not done, however it is cut`(text: String, shown: String) {
        let bytes = Array(text.utf8)
        // A lead byte whose rest was taken away is no character.
        func plain(_ text: String) -> String { text.replacing("\u{fffd}", with: "") }
        #expect(plain(self.shown(bytes, cutting: { _ in false }, ci: true)) == shown)
        #expect(plain(self.shown(bytes, cutting: { _ in true }, ci: true)) == shown)
        for seed in 1...20 as ClosedRange<UInt64> {
            var random = seed &* 0x9E37_79B9_7F4A_7C15
            let found = self.shown(
                bytes,
                cutting: { _ in
                    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return random >> 62 == 0
                },
                ci: true
            )
            #expect(plain(found) == shown, "seed \(seed)")
        }
    }

    @Test func `no sequence of bytes lets an escape through but those that are allowed`() {
        var random: UInt64 = 42
        let letters: [UInt8] = [
            0x1b, 0x5b, 0x5d, 0x3b, 0x31, 0x6d, 0x6e, 0x63, 0x07, 0x9b, 0xc2, 0x50, 0x41, 0x0a,
        ]
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<12 {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(letters[Int(random >> 40) % letters.count])
            }
            let text = shown(bytes, cutting: { $0 % 3 == 0 }, ci: false)
            let allowed = text.matches(of: #/\u{1b}\[[0-9:;]*[ABCDGJKm]/#).count
            #expect(text.unicodeScalars.count { $0 == "\u{1b}" } == allowed, "\(bytes)")
            #expect(!text.unicodeScalars.contains { (0x80...0x9f).contains($0.value) }, "\(bytes)")
        }
    }

    @Test func `outside of CI its commands are text like any other`() {
        let text = "::set-env name=a\n##[x]\n"
        #expect(shown(Array(text.utf8), cutting: { _ in false }, ci: false) == text)
    }
}
