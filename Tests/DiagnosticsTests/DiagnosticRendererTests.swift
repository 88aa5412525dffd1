// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@Suite struct DiagnosticRendererTests {
    private func render(
        _ source: String,
        line: Int,
        column: Int,
        _ message: String = "wrong",
        hint: String? = nil,
        usesColour: Bool = false
    ) -> String {
        let renderer = DiagnosticRenderer(
            sources: ["f.yaml": Array(source.utf8)],
            usesColour: usesColour
        )
        let location = SourceLocation(file: "f.yaml", line: line, column: column)
        return renderer.render(Diagnostic(at: location, message, hint: hint))
    }

    @Test func `the line and a caret stand under the message`() {
        let text = render("a: 1\nvesion: 2\n", line: 2, column: 9, "bad", hint: "did you mean `x`?")
        #expect(
            text == """
                f.yaml:2:9: error: bad; did you mean `x`?
                   2 | vesion: 2
                     |         ^

                """
        )
    }

    @Test func `tabs are spread out and the caret follows`() {
        #expect(
            render("\ta\tb\n", line: 1, column: 4).hasSuffix("   1 |     a   b\n     |         ^\n")
        )
    }

    @Test func `columns are bytes, carets are characters`() {
        #expect(render("é: x\n", line: 1, column: 5).hasSuffix("   1 | é: x\n     |    ^\n"))
    }

    @Test func `a place at the end of the line is behind its last character`() {
        #expect(render("ab\r\n", line: 1, column: 3).hasSuffix("   1 | ab\n     |   ^\n"))
        #expect(render("", line: 1, column: 1).hasSuffix("   1 | \n     | ^\n"))
        #expect(render("ab", line: 9, column: 1) == "f.yaml:9:1: error: wrong\n")
    }

    @Test(arguments: [1, 40, 77, 150, 298])
    func `a long line is cut around the place`(column: Int) {
        let source = String((0..<300).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
        let lines = render(source, line: 1, column: column).split(separator: "\n")
        let shown = Array(lines[1].dropFirst(7))
        let caret = lines[2].dropFirst(7).count - 1
        #expect(shown.count == 100)
        #expect(shown[caret] == Array(source)[column - 1])
    }

    @Test func `what a file holds cannot drive the terminal`() {
        let text = render("a\u{1b}[31mb\u{202e}c\n", line: 1, column: 1, "not `\u{1b}[2J\n\u{9b}`")
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .format })
        #expect(!text.contains("\u{1b}") && !text.contains("\u{9b}"))
        #expect(text.hasPrefix("f.yaml:1:1: error: not `\\u{1b}[2J\\n\\u{9b}`\n"))
    }

    @Test(arguments: [
        "kind: Secret", "kind: \"Secret\"", "\"kind\": \"SecretList\"", "kind : 'Secret'",
    ])
    func `lines of a file that declares a Secret are not shown`(kind: String) {
        let text = render("\(kind)\nstringData: {a: hunter2, a: x}\n", line: 2, column: 14)
        #expect(text == "f.yaml:2:14: error: wrong\n")
    }

    @Test func `lines of a SecretProviderClass are shown`() {
        #expect(render("kind: SecretProviderClass\n", line: 1, column: 1).contains("| kind:"))
    }

    @Test func `colour comes only when asked for`() {
        #expect(!render("a\n", line: 1, column: 1).contains("\u{1b}"))
        #expect(
            render("a\n", line: 1, column: 1, usesColour: true).contains(
                "\u{1b}[1;31merror:\u{1b}[0m"
            )
        )
    }

    @Test func `a diagnostic without a place names its field`() {
        let text = DiagnosticRenderer().render(Diagnostic(.warning, path: "spec.steps", "odd"))
        #expect(text == "warning: spec.steps: odd\n")
    }
}
