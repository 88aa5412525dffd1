// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import YAML

/// Every expectation is what `kubectl -o yaml` prints for the same value.
@Suite struct YAMLWriterTests {
    private func write(_ value: JSONValue) -> String {
        String(decoding: YAMLWriter.write(value), as: UTF8.self)
    }

    @Test func `objects and lists are laid out as kubectl does`() {
        let value = JSONValue.object([
            "spec": .object([
                "steps": .array([
                    .object(["name": .string("a"), "args": .array([])]), .array([.integer(1)]),
                ]),
                "e": .object([:]), "n": .null, "b": .bool(true),
            ])
        ])
        #expect(
            write(value) == """
                spec:
                  b: true
                  e: {}
                  "n": null
                  steps:
                  - args: []
                    name: a
                  - - 1

                """
        )
    }

    @Test(arguments: [
        ("yes", #""yes""#), ("null", #""null""#), ("", #""""#), ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("010", #""010""#), ("1e3", #""1e3""#), ("2001-01-01", #""2001-01-01""#), ("-", "'-'"),
        ("!x", "'!x'"),
        (" lead", "' lead'"), ("trail ", "'trail '"), ("a\tb", #""a\tb""#),
        ("it's \"q\"", "it's \"q\""), ("y", #""y""#),
        ("~", #""~""#), ("0x1F", #""0x1F""#), ("190:20:30", #""190:20:30""#),
        ("1_000", #""1_000""#), (".inf", #"".inf""#),
        ("=", "="), ("<<", "<<"), ("2024-01-01T00:00:00Z", #""2024-01-01T00:00:00Z""#),
        ("héé\u{1}", #""héé\x01""#),
        ("😀", #""\U0001F600""#), ("a\nb\n", "|\n  a\n  b"), ("a\nb", "|-\n  a\n  b"),
        ("a \nb\n\n", #""a \nb\n\n""#),
        ("  a\n b\n", "|2\n    a\n   b"), ("plain", "plain"), ("2001-01-99x", "2001-01-99x"),
    ])
    func `a string is quoted where it must be`(text: String, yaml: String) {
        #expect(write(.object(["v": .string(text)])) == "v: \(yaml)\n")
    }

    @Test func `long text is folded at 80 columns`() {
        let words = Array(repeating: "aaaa", count: 20).joined(separator: " ")
        let first = Array(repeating: "aaaa", count: 16).joined(separator: " ")
        #expect(write(.object(["v": .string(words)])) == "v: \(first)\n  aaaa aaaa aaaa aaaa\n")
    }

    @Test(arguments: [
        ("8", "8"), ("1.5", "1.5"), ("1e+21", "1e+21"), ("1234567.5", "1.2345675e+06"),
        ("12345678901234567890", "12345678901234567890"),
    ])
    func `numbers are printed as Go prints them`(text: String, yaml: String) {
        #expect(write(.number(text)) == yaml + "\n")
    }

    @Test func `keys stand in go-yaml's order`() {
        let keys = ["a10", "a2", "a1", "b", "A", "_", "10", "9", "a-b", "ab", "a.b", "é"]
        let value = JSONValue.object(
            Dictionary(uniqueKeysWithValues: keys.map { ($0, JSONValue.integer(1)) })
        )
        let written = write(value).split(separator: "\n").map { $0.prefix { $0 != ":" } }
        #expect(
            written == [
                "_", "\"9\"", "\"10\"", "A", "a-b", "a.b", "a1", "a2", "a10", "ab", "b", "é",
            ]
        )
    }
}
