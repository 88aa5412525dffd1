// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import Testing

@testable import YAML

@Suite struct YAMLParserTests {
    @Test func `documents come in order, empty ones are left out`() {
        let text = "# c\n---\na: 1\n---\n# nothing\n---\n~\n...\n---\n- b # c\n---\n"
        #expect(read(text).json == [#"{"a":1}"#, #"["b"]"#])
        #expect(read("").json == [] && read("# c\n").json == [] && read("\n\n").problems == [])
    }

    @Test func `documents before a syntax error are returned with it`() {
        let (json, problems) = read("a: 1\n---\nb: [1,\n---\nc: 2\n")
        #expect(json == [#"{"a":1}"#])
        #expect(
            problems == [
                "4:1: error: did not find expected node content while parsing a flow node"
                    + " that starts at line 4, column 1"
            ]
        )
    }

    @Test func `every node knows where it starts, in bytes`() throws {
        let (documents, _) = YAMLParser.parse(
            Array("ä: {ö: &x é, k: *x}\r\n- ".utf8.dropLast(2)),
            file: "g.yaml"
        )
        guard case .mapping(let entries) = documents.first?.content,
            case .mapping(let inner) = entries.first?.value.content
        else { throw Failure() }
        #expect(entries[0].key.location == SourceLocation(file: "g.yaml", line: 1, column: 1))
        #expect(entries[0].value.location.column == 5)
        #expect(inner[0].key.location.column == 6)
        #expect(inner[0].value.location.column == 10)
        #expect(inner[1].key.location.column == 17)
        #expect(inner[1].value.location.column == 10)
    }

    private struct Failure: Error {}

    @Test func `a block at the end of a file has its line feed, whether or not the file has one`() {
        #expect(read("a: |\n  b").json == [#"{"a":"b\n"}"#])
        #expect(read("a: |-\n  b").json == [#"{"a":"b"}"#])
        #expect(read("a: |+\n  b\n").json == [#"{"a":"b\n"}"#])
    }

    @Test(arguments: [
        (
            "a:\n\t- b\n",
            "2:1: error: found character that cannot start any token while scanning for the next token that starts at line 2, column 1; indent with spaces, not with tabs"
        ),
        (
            "a: @b\n",
            "1:4: error: found character that cannot start any token while scanning for the next token that starts at line 1, column 4; put the value in quotes"
        ),
        (
            "é: @b\n",
            "1:5: error: found character that cannot start any token while scanning for the next token that starts at line 1, column 5; put the value in quotes"
        ),
        ("a: b: c\n", "1:5: error: mapping values are not allowed in this context"),
        (
            "a: 'b\n",
            "2:1: error: found unexpected end of stream while scanning a quoted scalar that starts at line 1, column 4"
        ),
        ("a: \u{1}\n", "1:4: error: control characters are not allowed"),
        ("é: \u{1}\n", "1:5: error: control characters are not allowed"),
        (
            "a: \"\\ud83d\\ude00\"\n",
            "1:7: error: found invalid Unicode character escape code while parsing a quoted scalar that starts at line 1, column 4"
        ),
    ])
    func `libyaml's words come with the place`(text: String, problem: String) {
        #expect(read(text).problems == [problem])
    }

    @Test func `duplicate keys are refused with both places`() {
        let (json, problems) = read("a: 1\nb: {c: 1, d: 2,\n  c: 3}\n\"a\": 2\ntrue: 1\nyes: 2\n")
        #expect(json == [#"{"a":1,"b":{"c":1,"d":2},"true":1}"#])
        #expect(
            problems == [
                "3:3: error: duplicate key `c`, first at line 2, column 5",
                "4:1: error: duplicate key `a`, first at line 1, column 1",
                "6:1: error: duplicate key `true`, first at line 5, column 1",
            ]
        )
    }

    @Test(arguments: [
        ("{~: 1}", "1:2: error: `~` cannot be a field's name; put it in quotes"),
        (
            "{12345678901234567890: 1}",
            "1:2: error: `12345678901234567890` cannot be a field's name; put it in quotes"
        ),
        ("{[1]: 2}", "1:2: error: a list or mapping cannot be a field's name"),
        ("? {a: 1}\n: 2\n", "1:3: error: a list or mapping cannot be a field's name"),
    ])
    func `what names no field is refused as a key`(text: String, problem: String) {
        #expect(read(text).problems == [problem])
        #expect(read(text).json == ["{}"])
    }

    @Test(arguments: [
        ("{k: 9, <<: *b}", #"{"k":1,"z":2}"#), ("{<<: *b, k: 9}", #"{"k":9,"z":2}"#),
        ("{<<: [*b, *c]}", #"{"k":1,"q":4,"z":2}"#),
        ("{k: 0, <<: [*b, *c], q: 7}", #"{"k":1,"q":7,"z":2}"#),
        ("{\"<<\": *b}", #"{"<<":{"k":1,"z":2}}"#), ("{<<: {x: 1}}", #"{"x":1}"#),
        ("{!!merge <<: *b}", #"{"k":1,"z":2}"#),
        ("{<<: *b, <<: *c}", #"{"k":3,"q":4,"z":2}"#),
    ])
    func `merge keys do what go-yaml does`(text: String, json: String) {
        let (documents, problems) = read("- &b {k: 1, z: 2}\n- &c {k: 3, q: 4}\n- \(text)\n")
        #expect(documents == [#"[{"k":1,"z":2},{"k":3,"q":4},\#(json)]"#] && problems == [])
    }

    @Test func `a merge takes mappings only, and hides no duplicate`() {
        #expect(
            read("{<<: 1}").problems == ["1:6: error: `<<` takes a mapping or a list of mappings"]
        )
        #expect(read("{<<: [{a: 1}, x]}").problems.count == 1)
        let problems = read("- &b {k: 1}\n- {k: 1, <<: *b, k: 2}\n- {<<: *b, k: 1, k: 2}\n")
            .problems
        #expect(
            problems == [
                "2:18: error: duplicate key `k`, first at line 2, column 4",
                "3:18: error: duplicate key `k`, first at line 3, column 12",
            ]
        )
    }

    @Test func `aliases are expanded, per document, the latest anchor counting`() {
        #expect(read("- &a 1\n- *a\n- &a [2]\n- *a\n").json == ["[1,1,[2],[2]]"])
        #expect(read("&a [&a 1, *a]").json == ["[1,1]"])
        let (json, problems) = read("- &a 1\n---\n- *a\n- &b [*b]\n")
        #expect(json == ["[1]", "[null,[null]]"])
        #expect(
            problems == [
                "3:3: error: no anchor `&a` stands before `*a`",
                "4:7: error: anchor `b` contains itself",
            ]
        )
    }
}
