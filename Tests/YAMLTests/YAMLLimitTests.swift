// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import YAML

/// Hostile files: each is refused, soon, with the place.
@Suite(.timeLimit(.minutes(1))) struct YAMLLimitTests {
    @Test(arguments: ["[", "{a: ", "- ", "{\"a\":", "? "])
    func `nesting is bounded`(opening: String) {
        let problems = read(String(repeating: opening, count: 100_000)).problems
        #expect(problems.count == 1)
        #expect(problems[0].hasSuffix("error: more than 100 levels of nesting"))
    }

    @Test func `a hundred levels are fine`() {
        let text = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(read(text).problems == [])
        #expect(read("- " + text).problems == ["1:102: error: more than 100 levels of nesting"])
    }

    @Test func `aliases cannot deepen beyond the bound`() {
        let half = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        let other = String(repeating: "[", count: 50) + "*a" + String(repeating: "]", count: 50)
        #expect(
            read("- &a \(half)\n- \(other)\n").problems == [
                "2:53: error: more than 100 levels of nesting"
            ]
        )
    }

    @Test(arguments: [
        "[*x, *x, *x, *x, *x, *x, *x, *x]", "{a: *x, b: *x, c: *x, d: *x, e: *x, f: *x}",
    ])
    func `an alias bomb is refused`(line: String) {
        var text = "- &a0 [lol]\n"
        for level in 1...20 {
            text += "- &a\(level) \(line.replacing("*x", with: "*a\(level - 1)"))\n"
        }
        let problems = read(text).problems
        #expect(
            problems.count == 1
                && problems[0].hasSuffix("more than 2000000 values, aliases expanded")
        )
    }

    @Test func `a bomb of long text is refused`() {
        let long = String(repeating: "x", count: 1 << 20)
        let problems = read("- &a \(long)\n" + String(repeating: "- *a\n", count: 100)).problems
        #expect(problems == ["65:3: error: more than 64 MiB of text, aliases expanded"])
    }

    @Test func `a bomb of merges is refused`() {
        let fields = (0..<2000).map { "k\($0): 1" }.joined(separator: ", ")
        let problems = read("- &a {\(fields)}\n" + String(repeating: "- {<<: *a}\n", count: 2000))
            .problems
        #expect(problems.count == 1 && problems[0].contains("more than 2000000 values"))
    }

    @Test func `a large file is refused unread`() {
        let bytes = [UInt8](repeating: 0x61, count: YAMLParser.byteLimit + 1)
        let (documents, diagnostics) = YAMLParser.parse(bytes, file: "f")
        #expect(documents.isEmpty)
        #expect(diagnostics.map(\.message) == ["the file is larger than 16 MiB"])
    }

    @Test func `a flood of problems is cut short`() {
        let problems = read("a: 1\n" + String(repeating: "a: 2\n", count: 10_000)).problems
        #expect(problems.count == 101)
        #expect(
            problems.last == "101:1: error: too many problems; the rest of the file was not read"
        )
    }

    @Test func `a flood of directives is refused`() {
        let flood = (0..<50_000).map { "%TAG !\($0)! x\n" }.joined()
        #expect(
            read(flood + "---\na\n").problems == [
                "101:1: error: more than 100 lines start with `%`"
            ]
        )
    }

    @Test(
        arguments: [
            ([0xff, 0xfe, 0x61, 0x00], "1:1: the file is UTF-16"),
            ([0xfe, 0xff, 0x00, 0x61], "1:1: the file is UTF-16"),
            (Array("a: 1\nb: ".utf8) + [0xff], "2:4: byte 0xff is not UTF-8"),
            (Array("é: ".utf8) + [0xc3], "1:5: byte 0xc3 is not UTF-8"),
            (Array("a: ".utf8) + [0xed, 0xa0, 0x80], "1:4: byte 0xed is not UTF-8"),
            (Array("a: 1\nb: \0".utf8), "2:4: the file holds a NUL byte, so it is no text"),
        ] as [([UInt8], String)]
    )
    func `what is no UTF-8 text is refused at its place`(bytes: [UInt8], problem: String) {
        let (documents, diagnostics) = YAMLParser.parse(bytes, file: "f")
        #expect(documents.isEmpty)
        #expect(
            diagnostics.map {
                "\($0.location?.line ?? 0):\($0.location?.column ?? 0): \($0.message)"
            } == [problem]
        )
    }

    @Test func `a byte order mark is no part of the text`() {
        #expect(read("\u{feff}a: @").problems.first?.hasPrefix("1:4: ") == true)
        #expect(read("\u{feff}a: 1").json == [#"{"a":1}"#])
    }
}
