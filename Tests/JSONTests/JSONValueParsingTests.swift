// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@Suite struct JSONValueParsingTests {
    private func parse(_ text: String) throws(JSONError) -> JSONValue {
        try JSONValue.parse(Array(text.utf8))
    }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("-0.5e+10", .number("-0.5e+10")),
        ("12345678901234567890123", .number("12345678901234567890123")), ("[]", .array([])),
        ("{}", .object([:])),
        (
            "[1,[2,{}],\"\"]",
            .array([.number("1"), .array([.number("2"), .object([:])]), .string("")])
        ),
        (#"{"a":{"b":[null]}}"#, .object(["a": .object(["b": .array([.null])])])),
        (#""\ud83d\ude00\u00e9\/\b\f\n\r\t\"\\""#, .string("😀é/\u{8}\u{c}\n\r\t\"\\")),
        (#""\u0000""#, .string("\0")), (#"{"a":1,"a":2}"#, .object(["a": .number("2")])),
    ])
    func `valid texts are read`(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(arguments: [
        ("", 0), ("  ", 2), ("[1,]", 3), ("[1 2]", 3), ("{\"a\"}", 4), ("{\"a\":1,}", 7),
        ("{a:1}", 1),
        ("nul", 0), ("NaN", 0), ("01", 1), ("1.", 2), (".5", 0), ("+1", 0), ("1e", 2), ("-", 1),
        ("\"a", 0), ("\"\t\"", 1), (#""\x""#, 1), (#""\ud83d""#, 1), (#""\ude00""#, 1),
        (#""\ud83d\u0041""#, 1),
        (#""\u12g4""#, 1), ("[", 1), ("{\"a\":", 5), ("1 2", 2), ("[1]]", 3), ("{\"a\":1", 6),
        ("1x", 1),
        ("/* */1", 0), ("'a'", 0), ("\u{feff}1", 0),
    ])
    func `everything else is refused at its place`(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try parse(text) }
        #expect(error?.offset == offset)
    }

    @Test func `invalid UTF-8 in a string is refused`() {
        #expect(throws: JSONError.self) { try JSONValue.parse([0x22, 0xff, 0x22]) }
        #expect(throws: JSONError.self) { try JSONValue.parse([0x22, 0xed, 0xa0, 0x80, 0x22]) }
    }

    @Test func `nesting is bounded`() throws {
        let deep = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        #expect(try parse(deep).array?.count == 1)
        let error = #expect(throws: JSONError.self) { try parse("[" + deep + "]") }
        #expect(error?.message == "more than 1000 levels of nesting")
        #expect(throws: JSONError.self) { try parse(String(repeating: "[{\"a\":", count: 500_000)) }
    }

    @Test func `a message shows no value`() {
        let error = #expect(throws: JSONError.self) { try parse(#"{"password":"hunter2" "x""#) }
        #expect(error?.description == "invalid JSON at byte 22: expected `,` or `}`, found `\"`")
    }

    @Test func `cut anywhere, a text fails without a crash`() {
        let text = Array(#"{"a":[1.5e3,true,null,"\ud83d\ude00é"],"b":{}}"#.utf8)
        for end in 0..<text.count {
            #expect(throws: JSONError.self, "cut at \(end)") {
                try JSONValue.parse(Array(text[..<end]))
            }
        }
    }
}
