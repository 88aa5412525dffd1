// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@Suite struct JSONValueSerializationTests {
    private let value = JSONValue.object([
        "b": .array([.integer(1), .null, .bool(true)]), "a": .object([:]), "é": .array([]),
        "Z": .string("<\"\\\n\r\t\u{1}\u{7f}😀/>&"),
    ])

    @Test func `compact JSON has sorted names and no spaces`() {
        let text = String(decoding: value.serialize(), as: UTF8.self)
        #expect(text == #"{"Z":"<\"\\\n\r\t\u0001\u007f😀/>&","a":{},"b":[1,null,true],"é":[]}"#)
    }

    @Test func `indented JSON is laid out as kubectl does`() {
        let text = String(decoding: value.serialize(.indented), as: UTF8.self)
        #expect(
            text == #"""
                {
                    "Z": "<\"\\\n\r\t\u0001\u007f😀/>&",
                    "a": {},
                    "b": [
                        1,
                        null,
                        true
                    ],
                    "é": []
                }
                """#
        )
    }

    @Test(arguments: [JSONValue.Layout.compact, .indented])
    func `what is written reads back the same`(layout: JSONValue.Layout) throws {
        #expect(try JSONValue.parse(value.serialize(layout)) == value)
    }
}
