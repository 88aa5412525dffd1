// SPDX-License-Identifier: Apache-2.0
import Tekton
import Testing

@Suite("Result values")
struct ResultValueTests {
    private func value(_ text: String, _ type: ParamType) -> ParamValue {
        ResultValue(name: "r", bytes: Array(text.utf8), declaredType: type).value
    }

    @Test func `a string is taken verbatim, JSON and trailing newline included`() {
        #expect(value("[\"a\"]\n", .string) == .string("[\"a\"]\n"))
        #expect(value("", .string) == .string(""))
    }

    @Test func `arrays and objects are parsed, and what is neither stays a string`() {
        #expect(value("[\"a\",\"b\"]", .array) == .array(["a", "b"]))
        #expect(value("{\"k\":\"v\"}", .object) == .object(["k": "v"]))
        #expect(value("plain", .array) == .string("plain"))
    }

    @Test func `invalid UTF-8 becomes the replacement character`() {
        let result = ResultValue(name: "r", bytes: [0x61, 0xff], declaredType: .string)
        #expect(result.value == .string("a\u{FFFD}"))
    }
}
