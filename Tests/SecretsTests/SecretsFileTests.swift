// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Secrets
import TestSupport
import Testing

/// JSON and `.env` files of secrets.
struct SecretsFileTests {
    private func values(_ text: String) throws -> (values: [String], said: [String]) {
        let bytes = try LockedBytes(copying: Array(text.utf8).span)
        let (values, diagnostics) = try SecretsFile.values(in: bytes, file: "s")
        return (values.map { "\($0.name)=\(Self.text($0.value))" }, said(diagnostics))
    }

    private func records(_ text: String) throws -> (records: [String: String], said: [String]) {
        let bytes = try LockedBytes(copying: Array(text.utf8).span)
        let (records, diagnostics) = try SecretsFile.records(in: bytes, file: "s")
        var shown: [String: String] = [:]
        for (name, keys) in records {
            for (key, value) in keys { shown["\(name)#\(key)"] = Self.text(value) }
        }
        return (shown, said(diagnostics))
    }

    private static func text(_ value: StoreValue) -> String {
        value.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    @Test func `JSON gives values in order, without one newline at the end`() throws {
        let (values, said) = try values(
            #"""
             {"a": "x\n", "b": "x\n\n", "c": {"base64": "eAo="}, "d": "", "a": "y\r\n",
              "\u00e4": "\ud83d\ude00\/\"\\\b\f\t"}
            """#
        )
        #expect(said == [])
        #expect(values == ["a=x", "b=x\n", "c=x", "d=", "a=y", "ä=😀/\"\\\u{8}\u{c}\t"])
    }

    @Test func `what cannot be a value is said with its place, never with a value`() throws {
        let (values, said) = try values(
            """
            {"a": 5, "b": null, "": "x",
             "c": {"base64": "no!"}, "d": ["x"], "e": {"base64": 1}, "f": {"k": "v"},
             "g": "kept"}
            """
        )
        #expect(values == ["g=kept"])
        #expect(
            said == [
                "1:2 error a: `a` must be a string or {\"base64\": \"...\"}, not a number; put it in "
                    + "quotes",
                "1:10 error b: `b` must be a string or {\"base64\": \"...\"}, not null; put it in "
                    + "quotes",
                "1:21 error : the name is empty",
                "2:2 error c: the value of `c` is not base64",
                "2:26 error d: `d` must be a string or {\"base64\": \"...\"}, not a list; put it in "
                    + "quotes",
                "2:38 error e: `e` must be a string or {\"base64\": \"...\"}, not an object; put it "
                    + "in quotes",
                "2:58 error f: `f` must be a string or {\"base64\": \"...\"}, not an object; put it "
                    + "in quotes",
            ]
        )
    }

    @Test(arguments: [
        ("{", "1:2", "the name of a member is missing"),
        (#"{"a"}"#, "1:5", "`:` is missing"),
        (#"{"a":}"#, "1:6", "no JSON value starts so"),
        (#"{"a":"x" "b""#, "1:10", "`,` or `}` is missing"),
        ("{\"a\":\n[1 2]}", "2:4", "`,` or `]` is missing"),
        (#"{"a":"x"} x"#, "1:11", "something follows the value"),
        (#"{"a":"x"#, "1:8", "a string does not end"),
        ("{\"a\":\"x\ny\"}", "1:8", "a string holds a control character"),
        (#"{"a":"\x"}"#, "1:7", "a string holds an unknown escape"),
        (#"{"a":"\u12"}"#, "1:7", "`\\u` takes four hexadecimal digits"),
        (#"{"a":"\ud800x"}"#, "1:13", "a string holds half of a surrogate pair"),
        (#"{"a":"\udc00"}"#, "1:13", "a string holds half of a surrogate pair"),
        (#"{"a":01}"#, "1:8", "a number starts with 0"),
        (#"{"a":1.}"#, "1:8", "a digit is missing"),
        (#"{"a":1e+}"#, "1:9", "a digit is missing"),
        (#"{"a":tru}"#, "1:9", "no JSON value starts so"),
    ])
    func `broken JSON is refused at its place`(text: String, place: String, why: String) throws {
        #expect(try values(text).said == ["\(place) error : this is no JSON: \(why)"])
    }

    @Test func `deep nesting is refused, not a crash`() throws {
        let text = #"{"a":"# + String(repeating: "[", count: 100_000)
        let said = try values(text).said
        #expect(said == ["1:70 error : this is no JSON: too many levels of nesting"])
    }

    @Test func `an env file is read as shells and dotenv agree`() throws {
        let (values, said) = try values(
            """
            # comment
            A=plain
            export B = spaced value   # comment
            \tC='single # "quoted" \\n $A'
            D="double \\"q\\" \\\\ \\n\\t\\$x \\y"   # comment
            E=
            F=a#b
            G="two
            lines"
            _h.i-j=k
            """ + "\r\nexport=l\r\n  \r\nZ=last"
        )
        #expect(said == [])
        #expect(
            values == [
                "A=plain", "B=spaced value", "C=single # \"quoted\" \\n $A",
                "D=double \"q\" \\ \n\t$x \\y", "E=", "F=a#b", "G=two\nlines", "_h.i-j=k",
                "export=l", "Z=last",
            ]
        )
    }

    @Test func `a wrong line of an env file is named and the rest is read`() throws {
        let (values, said) = try values("A=1\nno equals\n9x=2\n=3\nB=\"x\" y\nC=2\nD='open\nE=5\n")
        #expect(values == ["A=1", "C=2", "E=5"])
        #expect(
            said == [
                "2:4 error : `=` is missing after `no`",
                "3:3 error : expected NAME=VALUE, with a name of letters, digits, `_`",
                "4:1 error : expected NAME=VALUE, with a name of letters, digits, `_`",
                "5:7 error : something follows the quoted value of `B`",
                "7:3 error : the quote does not end",
            ]
        )
    }

    @Test func `records are names with keys, or with the one key value`() throws {
        let (shown, said) = try records(
            #"""
            {"a/b": {"k": "v\n", "bin": {"base64": "eHk="}}, "single": "text\n",
             "raw": {"base64": "eA=="}}
            """#
        )
        #expect(said == [])
        #expect(
            shown == [
                "a/b#k": "v\n", "a/b#bin": "xy", "single#value": "text\n", "raw#value": "x",
            ]
        )
        #expect(try records("A=1\nB='x y'\n").records == ["A#value": "1", "B#value": "x y"])
    }

    @Test func `records that say a thing twice or nothing are refused`() throws {
        let (_, said) = try records(
            #"{"a": "1", "a": "2", "b": {}, "c": {"k": "1", "k": "2"}, "d": {"k": true}}"#
        )
        #expect(
            said == [
                "1:12 error a: `a` stands twice",
                "1:22 error b: `b` has no keys",
                "1:47 error c.k: `k` stands twice",
                "1:64 error d.k: `d.k` must be a string or {\"base64\": \"...\"}, not a boolean; put "
                    + "it in quotes",
            ]
        )
    }
}
