// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import Redaction

@Suite struct LeakAuditTests {
    private static let token = "ghp_S1qJ0JoQmYfyvGBNqwN1aaXCoErMh50P2409"

    private func audit(_ secrets: [String: String]) -> LeakAudit {
        let redactor = Redactor(forAudits: true)
        for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
            redactor.register(value, name: name)
        }
        return LeakAudit(redactor)
    }

    private func findings(_ text: String, _ secret: String = token) -> [LeakFinding] {
        let bytes = Array(text.utf8)
        return audit(["s": secret]).findings(in: bytes.span)
    }

    @Test func `a leak is reported with its line, column and encoding`() {
        let found = findings(
            "one\ntwo key=\(Self.token)\nauth Z2hwX1MxcUowSm9RbVlmeXZHQk5xd04xYWFYQ29Fck1oNTBQMjQwOQ==\n"
        )
        #expect(
            found == [
                LeakFinding(
                    subject: .secret("s"),
                    encodings: ["raw"],
                    certainty: .certain,
                    offset: 12,
                    length: 40,
                    line: 2,
                    column: 9
                ),
                LeakFinding(
                    subject: .secret("s"),
                    encodings: ["base64"],
                    certainty: .certain,
                    offset: 58,
                    length: 53,
                    line: 3,
                    column: 6
                ),
            ]
        )
    }

    @Test func `a text without leaks has none`() {
        #expect(
            findings("ghp_S1qJ0JoQ and base64 dGhpcyBpcyBub3RoaW5nIGF0IGFsbCwgcmVhbGx5\n").isEmpty
        )
        #expect(findings("").isEmpty)
    }

    @Test(arguments: [
        "ghp_S1qJ0JoQmYfy\u{1B}[1;31mvGBNqwN1aaXCoErMh50P2409",
        "g h p _ S 1 q J 0 J o Q m Y f y v G B N q w N 1 a a X C o E r M h 5 0 P 2 4 0 9",
        "ghp_S1qJ\n0JoQmYfy\nvGBNqwN1\naaXCoErM\nh50P2409",
        "| ghp_S1qJ0JoQmYfyvGBN |\n| qwN1aaXCoErMh50P2409 |",
        "Z2hwX1MxcUowSm9RbVlm\neXZHQk5xd04xYWFYQ29F\nck1oNTBQMjQwOQ==",
    ])
    func `wrapping, colours, spacing and letter case hide nothing`(_ text: String) {
        let found = findings("x \(text) y")
        #expect(found.count == 1)
        #expect(found.first?.encodings.first == "folded")
        #expect(found.first?.certainty == .likely)
        #expect(found.first?.line == 1)
    }

    @Test(arguments: [
        #"{"log": "ghp_S1qJ0JoQmYfy\u001b[1;31mvGBNqwN1aaXCoErMh50P2409"}"#,
        #"{"log": "ghp_S1qJ\n0JoQmYfy\nvGBNqwN1\naaXCoErM\nh50P2409"}"#,
        #"{"log": "{\"log\": \"ghp_S1qJ0JoQmYfy\\u001b[1;31mvGBNqwN1aaXCoErMh50P2409\"}"}"#,
    ])
    func `nor do they where JSON has escaped them`(_ text: String) {
        let found = findings("one\n\(text)\n")
        #expect(found.count == 1)
        #expect(found.first?.encodings == ["unescaped", "folded", "raw"])
        #expect(found.first?.line == 2)
    }

    @Test(arguments: [
        """
        00000000  67 68 70 5f 53 31 71 4a  30 4a 6f 51 6d 59 66 79  |ghp_S1qJ0JoQmYfy|
        00000010  76 47 42 4e 71 77 4e 31  61 61 58 43 6f 45 72 4d  |vGBNqwN1aaXCoErM|
        00000020  68 35 30 50 32 34 30 39                           |h50P2409|
        """,
        """
        00000000: 6768 705f 5331 714a 304a 6f51 6d59 6679  ghp_S1qJ0JoQmYfy
        00000010: 7647 424e 7177 4e31 6161 5843 6f45 724d  vGBNqwN1aaXCoErM
        00000020: 6835 3050 3234 3039                      h50P2409
        """,
        """
        0000000 6867 5f70 3153 4a71 4a30 516f 596d 7966
        0000010 4776 4e42 7771 314e 6161 4358 456f 4d72
        0000020 3568 5030 3432 3930
        """,
        """
         67 68 70 5f 53 31 71 4a 30 4a 6f 51 6d 59 66 79
         76 47 42 4e 71 77 4e 31 61 61 58 43 6f 45 72 4d
         68 35 30 50 32 34 30 39
        """,
    ])
    func `hex dumps are read`(_ dump: String) {
        let found = findings("dump:\n\(dump)\nend\n")
        #expect(found.map(\.line) == [2])
        #expect(found.first?.encodings == ["hexdump", "raw"])
    }

    @Test func `gzip within base64 is read`() {
        let blob =
            "H4sIAAAAAAACA0vPKIgPNiz0MvDKD8yNTKssc3fyKyz3M0xMjHDOdy3yzTA1CDAyMbBUyM0vSlUoSa0oUSCFCQB5+lFuXwAAAA=="
        let found = findings("state: \(blob)\n")
        #expect(found.map(\.encodings) == [["base64", "gzip", "raw"]])
        #expect(found.map(\.column) == [8])
    }

    @Test(arguments: [
        #"p%40ss/w0rd+&=\x22x'<y>\\z &#36;H0ME`!%25q"#, "p@ss/w0=\nrd+&=3D\"x'<y>\\z $H0ME`!%q",
        #"p%2540ss/w0rd+%2526="x'<y>\z $H0ME`!%q"#,
    ])
    func `whichever characters are escaped, the secret is found`(_ text: String) {
        #expect(findings("v=\(text)", #"p@ss/w0rd+&="x'<y>\z $H0ME`!%q"#).map(\.column) == [3])
    }

    @Test func `Zstandard within base64 is read`() {
        let blob =
            "KLUv/QRoBQUAgssjHUB1OsNkSK96ZSNsLZbxtTfV+WMhvs3KmWcMBzsXgPVwJa76na2h1pBS/8PUUMO3+UuAc6dj0p8P1z+0Ssl2r6t/K9GGiDCIRIXp8RhuQUEUQDobiKJReTAVSuIckWMjmFg0k5TIZ9wasb7yVpz8dF7NQVKyTM6zMv/Cqne15726D5unPK5pvvxpjXH+4moEADQhDZ6oaMIZaa3aAxZ25aI="
        let found = findings("state: \(blob)\n")
        #expect(found.map(\.encodings) == [["base64", "zstd", "raw"]])
    }

    @Test func `a secret of four bytes is only possibly one`() {
        #expect(findings("pin 7391 end", "7391").map(\.certainty) == [.possible])
    }

    @Test func `UTF-32 is read`() {
        let bytes = Array("k=".utf8) + Self.token.utf8.flatMap { [$0, 0, 0, 0] }
        let found = audit(["s": Self.token]).findings(in: bytes.span)
        #expect(found.map(\.encodings) == [["utf16", "raw"]])
        #expect(found.map(\.column) == [3])
    }

    @Test func `a key printed whole is one finding, printed behind prefixes one a line`() {
        let key = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEAabcd\nq83nZkab0123wxyz\n-----END KEY-----"
        #expect(findings(key, key).count == 1)
        let lines = key.split(separator: "\n").map { "web_1 | \($0)\n" }.joined()
        #expect(findings(lines, key).map(\.line) == [2, 3])
    }

    @Test func `secrets that touch are reported each`() {
        let found = audit(["a": "first-secret", "b": "other-secret"])
        let bytes = Array("first-secretother-secret".utf8)
        #expect(found.findings(in: bytes.span).map(\.subject) == [.secret("a"), .secret("b")])
    }

    @Test func `a long text is read in pieces of any size with the same outcome`() {
        var text: [UInt8] = []
        var expected: [Int] = []
        var generator = SeededGenerator(seed: 3)
        for line in 1...40_000 {
            if Int.random(in: 0..<4000, using: &generator) == 0 {
                text += Array("token \(Self.token)\n".utf8)
                expected.append(line)
            } else {
                text += Array("step \(line): nothing to see in this line of the log\n".utf8)
            }
        }
        let audit = audit(["s": Self.token])
        var scanner = LeakScanner()
        var places = LeakPlaces()
        var found: [Int] = []
        var rest = text[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 1...300_000, using: &generator)))
            rest = rest.dropFirst(piece.count)
            scanner.feed(piece.span) { places.add(audit.examine($0)) { found.append($0.line) } }
        }
        places.add(audit.examine(scanner.finish())) { found.append($0.line) }
        #expect(found == expected)
    }
}

@Suite(.enabled(if: !LeakCorpus.cases.isEmpty, SharedCorpus.need))
struct LeakAuditCorpusTests {
    private func isFound(_ leak: LeakCorpus.Case) -> Bool {
        let redactor = Redactor(forAudits: true)
        for secret in leak.secrets { redactor.register(secret.span, name: "s") }
        let text = Array(leak.chunks.joined())
        return !LeakAudit(redactor).findings(in: text.span).isEmpty
    }

    @Test(arguments: LeakCorpus.cases("must").filter { !$0.mustNotContain.isEmpty })
    func `an audit finds what must be caught`(_ leak: LeakCorpus.Case) {
        #expect(isFound(leak), "\(leak.kind): \(leak.note)")
    }

    @Test(arguments: LeakCorpus.cases("guard"))
    func `an audit finds nothing where nothing is`(_ leak: LeakCorpus.Case) {
        #expect(!isFound(leak), "\(leak.kind): \(leak.note)")
    }

    @Test func `an audit finds most of the forms that the redactor need not catch`() {
        let forms = LeakCorpus.cases("stretch")
        let missed = forms.filter { !isFound($0) }
        #expect(missed.count * 8 <= forms.count, "\(missed.map { "\($0.id) \($0.note)" })")
    }
}
