// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CEL

@Suite("Regular expressions")
struct RegularExpressionTests {
    @Test(arguments: [
        ("", "anything"), ("b", "abc"), ("^a.c$", "abc"), ("^(a|bc)*d$", "abcad"),
        ("a{2,3}$", "baaa"),
        ("^[^a-c]+$", "xyz"), ("^[]a]$", "]"), ("\\d+", "x1"), ("^\\w+\\s\\S+$", "ab cd"),
        ("\\bfoo\\b", "a foo b"), ("(?i)HELLO", "hello"), ("(?i:Ä)", "ä"), ("(?s)a.b", "a\nb"),
        ("(?m)^b$", "a\nb"), ("\\Q.*\\E", "a.*"), ("[[:alpha:]]+", "1a"), ("\\p{Lu}", "aÄ"),
        ("\\x41\\x{42}", "AB"), ("(?P<n>a)(?<m>b)", "ab"), ("^a??$", ""), ("a{,2}", "a{,2}"),
        ("^v\\d+\\.\\d+(-rc\\.\\d+)?$", "v1.20-rc.3"), ("\\Aab\\z", "ab"), ("[\\d-]", "-"),
    ])
    func `a text that fits matches`(pattern: String, text: String) throws {
        #expect(try RegularExpression(pattern).matches(text))
    }

    @Test(arguments: [
        ("^b", "abc"), ("a{2}", "ab"), ("[^b]", "b"), (".", "\n"), ("\\B", "a"), ("^a$", "A"),
        ("^$", "\n"), ("(?i-i)A", "a"), ("\\D", "1"), ("[[:^alpha:]]", "a"), ("\\P{L}", "ä"),
    ])
    func `a text that does not fit does not match`(pattern: String, text: String) throws {
        #expect(try !RegularExpression(pattern).matches(text))
    }

    @Test(arguments: [
        ("(", "missing closing ): `(`"), (")", "unexpected ): `)`"),
        ("[a", "missing closing ]: `[a`"),
        ("*a", "missing argument to repetition operator: `*`"),
        ("a**", "invalid nested repetition operator: `**`"),
        ("a{1001}", "invalid repeat count: `{1001}`"),
        ("[b-a]", "invalid character class range: `b-a`"),
        ("\\8", "invalid escape sequence: `\\8`"),
        ("(?x)", "invalid or unsupported Perl syntax: `(?x`"),
        ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("\\", "trailing backslash at end of expression: ``"),
    ])
    func `a pattern that is none is refused in Go's words`(pattern: String, message: String) {
        #expect(throws: CELError("error parsing regexp: \(message)")) {
            try RegularExpression(pattern)
        }
    }

    @Test func `a pattern made to be slow takes time in proportion to the text`() throws {
        let pattern =
            "^(" + String(repeating: "a?", count: 30) + ")(" + String(repeating: "a", count: 30)
            + ")$"
        let expression = try RegularExpression(pattern)
        #expect(expression.matches(String(repeating: "a", count: 30)))
        #expect(
            try !RegularExpression("^(a+)+$").matches(String(repeating: "a", count: 5_000) + "b")
        )
    }
}
