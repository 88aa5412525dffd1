// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import YAML

/// Every expectation is what `kubectl patch --local -o json` makes of the same text.
@Suite struct ScalarResolutionTests {
    @Test(arguments: [
        ("yes", "true"), ("Y", "true"), ("On", "true"), ("TRUE", "true"), ("n", "false"),
        ("no", "false"),
        ("OFF", "false"), ("yEs", "\"yEs\""), ("~", "null"), ("Null", "null"), ("nULL", "\"nULL\""),
        ("010", "8"), ("0o10", "8"), ("0O7", "7"), ("09", "9"), ("0x1F", "31"), ("0b11", "3"),
        ("-0b11", "-3"),
        ("0b", "\"0b\""), ("0x", "\"0x\""), ("+5", "5"), ("-5", "-5"),
        ("1_000", "1000"),
        ("+_1", "1"), ("_1", "\"_1\""), ("0", "0"), ("00", "0"), ("-0", "0"), ("-0.0", "-0"),
        ("1.10", "1.1"), ("1.", "1"), (".5", "0.5"), (".5_0", "0.5"), ("._5", "\"._5\""),
        ("1_0.5_0", "10.5"),
        ("1e3", "1000"), ("1E+2", "100"), ("1e", "\"1e\""), ("1e21", "1e+21"), ("1e-7", "1e-7"),
        ("1e-10", "1e-10"), ("1.5e300", "1.5e+300"), ("1e999", "\"1e999\""),
        ("123456789.125", "123456789.125"),
        ("0.000001", "0.000001"), ("100000000000000000000", "100000000000000000000"),
        ("12345678901234567890", "12345678901234567890"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("-9223372036854775809", "-9223372036854776000"),
        ("18446744073709551616", "18446744073709552000"),
        ("0xFFFFFFFFFFFFFFFFF", "\"0xFFFFFFFFFFFFFFFFF\""),
        ("2001-01-01", "\"2001-01-01\""), ("190:20:30", "\"190:20:30\""), ("1:20", "\"1:20\""),
        ("=", "\"=\""), ("<<", "\"<<\""), ("1.2.3", "\"1.2.3\""), ("v1", "\"v1\""), ("''", "\"\""),
        ("'yes'", "\"yes\""), ("\"010\"", "\"010\""), ("!!str 010", "\"010\""), ("! 12", "\"12\""),
        ("! \"12\"", "\"12\""), ("&a ! 12", "\"12\""), ("!!int \"3\"", "3"), ("!!float 1", "1"),
        ("!!float 0x10", "16"), ("!!bool \"yes\"", "true"), ("!!null \"\"", "null"),
        ("!!str", "\"\""),
        ("!!binary aGVsbG8=", "\"hello\""), ("!!timestamp 2001-01-01", "\"2001-01-01\""),
    ])
    func `a scalar means what kubectl takes it for`(text: String, json: String) {
        let (documents, problems) = read("v: \(text)\n")
        #expect(documents == ["{\"v\":\(json)}"] && problems == [])
    }

    @Test func `a block is always a string`() {
        #expect(read("a: |\n  yes\nb: >-\n  010\n").json == [#"{"a":"yes\n","b":"010"}"#])
    }

    @Test(arguments: [
        ("!!bool 1", "1:4: error: cannot read !!int `1` as !!bool"),
        ("!!int foo", "1:4: error: cannot read !!str `foo` as !!int"),
        ("!!int 1.5", "1:4: error: cannot read !!float `1.5` as !!int"),
        ("!!null x", "1:4: error: cannot read !!str `x` as !!null"),
        ("!!binary '*'", "1:4: error: `!!binary` is not base64"),
        ("!!binary abc", "1:4: error: `!!binary` is not base64"),
        (
            ".inf",
            "1:4: error: `.inf` is a number that JSON does not have; put it in quotes if it is text"
        ),
        (
            "-.Inf",
            "1:4: error: `-.Inf` is a number that JSON does not have; put it in quotes if it is text"
        ),
        (
            ".nan",
            "1:4: error: `.nan` is a number that JSON does not have; put it in quotes if it is text"
        ),
    ])
    func `what JSON cannot hold is an error at its place`(text: String, problem: String) {
        #expect(read("v: \(text)\n").problems == [problem])
    }

    @Test func `a custom tag is said to mean nothing`() {
        let (json, problems) = read("a: !foo bar\nb: !bar [1]\nc: !!set {x}\n")
        #expect(json == [#"{"a":"bar","b":[1],"c":{"x":null}}"#])
        #expect(
            problems == [
                "1:4: warning: tag `!foo` has no meaning; the value is a string",
                "2:4: warning: tag `!bar` has no meaning and is ignored",
                "3:4: warning: tag `!!set` has no meaning and is ignored",
            ]
        )
    }

    @Test(arguments: [
        ("1.10", "1.1"), ("yes", "true"), ("off", "false"), ("010", "8"), ("1e6", "1e+06"),
        ("1000000", "1000000"),
        ("2001-01-01", "2001-01-01"), ("1e-5", "1e-05"), ("1e-4", "0.0001"),
        ("123456.7", "123456.7"),
        ("1234567.8", "1.2345678e+06"), ("1e20", "1e+20"), ("123456789.5", "1.2345679e+08"),
        (".inf", ".inf"),
        ("1.5e300", ".inf"), ("-0.0", "-0"), ("\"null\"", "null"), ("\"<<\"", "<<"),
        ("'010'", "010"),
    ])
    func `a key is named as kubectl names it`(text: String, name: String) {
        #expect(read("{\(text): 1}").json == ["{\"\(name)\":1}"])
        #expect(read("{\(text): 1}").problems == [])
    }
}
