// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CEL

@Suite("CEL expressions")
struct CELProgramTests {
    @Test(arguments: [
        "'a' == 'a' && 'a' != 'b'", "1 + 2 * 3 == 7 && 7 / 2 == 3 && -7 % 4 == -3",
        "1u + 2u == 3u && dyn(1) == 1u && dyn(1) == 1.0", "1 in [1, 2] && 'k' in {'k': 1}",
        "[1, 2, 3].all(x, x > 0) && [1, 2].exists(x, x == 2) && [1, 2].exists_one(x, x == 2)",
        "[1, 2, 3].filter(x, x > 1).map(x, x * 2) == [4, 6] && [1, 2].map(x, x > 1, x) == [2]",
        "{'a': 1}.all(k, k == 'a') && has({'a': 1}.a) && !has({'a': 1}.b)",
        "{'a.b': 1}.`a.b` == 1 && {'a': {'b': 2}}.a['b'] == 2", "true ? true : 1 / 0 == 1",
        "true || 1 / 0 == 1", "1 / 0 == 1 || true", "!(false && 1 / 0 == 1)",
        "[0, 1].exists(x, 1 / x == 1)", "size('äö') == 2 && b'ä'.size() == 2 && [1].size() == 1",
        "'abc'.contains('b') && 'abc'.startsWith('ab') && 'abc'.endsWith('bc')",
        "int('-5') == -5 && uint(3) == 3u && double('1e3') == 1000.0 && bool('t')",
        "string(1.5) == '1.5' && string(1000000.0) == '1e+06' && string(b'x') == 'x'",
        "int(1.9) == 1 && int(-1.9) == -1", "type(1) == int && type(type(1)) == type",
        "timestamp('2009-02-13T23:31:30.5Z').getMilliseconds() == 500",
        "timestamp('2009-02-13T23:31:30Z').getDayOfWeek() == 5",
        "timestamp('2009-02-13T23:31:30Z').getHours('-02:30') == 21",
        "timestamp('2024-02-29T00:00:00Z').getDayOfYear() == 59",
        "timestamp('2009-02-13T23:31:30Z') + duration('24h') == timestamp('2009-02-14T23:31:30Z')",
        "string(timestamp('0001-01-01T00:00:00Z')) == '0001-01-01T00:00:00Z'",
        "duration('1h30m') > duration('5399s') && string(duration('-1.5s')) == '-1.5s'",
        "type(timestamp('2009-02-13T23:31:30Z')) == google.protobuf.Timestamp",
        "\"\\x41\\u00e4\\101\" == 'AäA' && r'\\n' == '\\\\n' && '''a\nb''' == 'a\\nb'",
        "0xff == 255 && -9223372036854775808 < 0 && .5 == 0.5 // a comment",
        "'\\u0065\\u0301' != '\\u00e9'", "[1, 'a', null] == [1, 'a', null]",
    ])
    func `an expression that is true says so`(source: String) throws {
        #expect(try CELProgram.allows(source))
    }

    @Test(arguments: [
        ("1 / 0 == 0", "division by zero"), ("1 % 0 == 0", "modulus by zero"),
        ("9223372036854775807 + 1 > 0", "integer overflow"),
        ("-(-9223372036854775808) > 0", "integer overflow"),
        ("1u - 2u > 0u", "unsigned integer overflow"), ("int(1e30) > 0", "integer overflow"),
        ("{'a': 1}['b'] == 1", "no such key: b"), ("{'a': 1}.b == 1", "no such key: b"),
        ("[1][1] == 1", "index out of bounds: 1"),
        ("int('x') == 1", "type conversion error from 'string' to 'int'"),
        ("timestamp('2009') > timestamp(0)", "invalid RFC 3339 timestamp \"2009\""),
        ("timestamp('9999-12-31T23:59:59Z') + duration('1s') > timestamp(0)", "timestamp overflow"),
        ("'a'.matches('(')", "error parsing regexp: missing closing ): `(`"),
        ("{'a': 1, 'a': 2}.size() == 1", "Failed with repeated key: a"),
        ("'red'", "The CEL expression 'red' is not evaluated to a boolean"),
        ("[1, 0].all(x, 1 / x == 1)", "division by zero"),
    ])
    func `an expression without a value says why`(source: String, message: String) {
        #expect(throws: CELError(message)) { try CELProgram.allows(source) }
    }

    @Test(arguments: [
        ("params.foo == 'x'", "1:1: undeclared reference to 'params' (in container '')", 0),
        ("1 == 'a'", "1:3: found no matching overload for '_==_' applied to '(int, string)'", 2),
        ("1 == 1.0", "1:3: found no matching overload for '_==_' applied to '(int, double)'", 2),
        ("'a'.foo()", "1:8: undeclared reference to 'foo' (in container '')", 7),
        ("1 && true", "1:1: expected type 'bool' but found 'int'", 0),
        ("'a'.size", "1:4: type 'string' does not support field selection", 3),
        (
            "1.all(x, true)",
            "1:1: expression of type 'int' cannot be range of a comprehension"
                + " (must be list, map, or dynamic)", 0
        ),
        ("$(params.foo)=='foo'", "1:1: Syntax error: token recognition error at: '$'", 0),
        ("'a' == if", "1:8: reserved identifier: if", 7),
        (
            "1 +",
            "1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!',"
                + " 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
            3
        ),
        ("1 2", "1:3: Syntax error: extraneous input '2' expecting <EOF>", 2),
        ("99999999999999999999 == 1", "1:1: invalid int literal", 0),
        ("has('a')", "1:5: invalid argument to has() macro", 4),
        ("[1].map('x', 1) == []", "1:9: argument is not an identifier", 8),
    ])
    func `what is wrong is told with its place, as by cel-go`(
        source: String,
        message: String,
        column: Int
    ) {
        let caret = String(repeating: ".", count: column) + "^"
        #expect(throws: CELError("ERROR: <input>:\(message)\n | \(source)\n | \(caret)")) {
            try CELProgram(source)
        }
    }

    @Test func `a time zone by name is the caller's to know`() throws {
        let source = "timestamp('2009-02-13T23:31:30Z').getHours('Some/Where') == 1"
        #expect(
            try CELProgram.allows(
                source,
                zones: CELTimeZones { name, _ in
                    name == "Some/Where" ? 7_200 : nil
                }
            )
        )
        #expect(throws: CELError("unknown time zone Some/Where")) { try CELProgram.allows(source) }
    }

    @Test func `brackets and chains go 250 deep, and no deeper`() throws {
        let deep = { (depth: Int) in
            String(repeating: "(", count: depth) + "true" + String(repeating: ")", count: depth)
        }
        #expect(try CELProgram.allows(deep(249)))
        #expect(throws: CELError.self) { try CELProgram(deep(250)) }
        let sum = { (count: Int) in (0..<count).map { _ in "1" }.joined(separator: "+") + " > 0" }
        #expect(try CELProgram.allows(sum(200)))
        #expect(throws: CELError.self) { try CELProgram(sum(100_000)) }
        #expect(try CELProgram.allows((0..<10_000).map { _ in "true" }.joined(separator: "&&")))
    }

    @Test func `a short text cannot ask for work without end`() {
        var source = "['aaaaaaaaaa']"
        for _ in 0..<60 { source += ".map(x, x + x)" }
        #expect(throws: CELError("the expression takes too much work to evaluate")) {
            try CELProgram.allows("\(source) == []")
        }
    }

    @Test func `no text makes the parser fail otherwise than with words`() {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var generator = Generator(state: seed)
        let words = [
            "'a'", "\"", "'''", "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "==", "&&", "||",
            "!",
            "-", "+", "in", "x", "1", "1u", "1.5", "b'\\xff'", "has", "map", ".all(x, x)", "\\",
            "`",
            "\n", "ä", "$", "r'", "null", "/", "0x", "as", "google.protobuf", "timestamp",
        ]
        for _ in 0..<3_000 {
            let count = Int(generator.next() % 12)
            let source = (0..<count).map { _ in words[Int(generator.next() % UInt64(words.count))] }
                .joined(separator: generator.next() % 2 == 0 ? "" : " ")
            do { _ = try CELProgram(source).evaluate() } catch {
                #expect(!error.message.isEmpty, "seed \(seed): \(source)")
            }
        }
    }
}

/// SplitMix64.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
