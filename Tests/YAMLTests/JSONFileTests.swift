// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import YAML

@Suite struct JSONFileTests {
    @Test func `a JSON file is read with its surrogate pairs and escapes`() {
        let text = "\n{\"a\":\"\\ud83d\\ude00\\/\",\n\t\"n\":[1.10,1e3,true,null,\"yes\"]}"
        #expect(read(text).json == [#"{"a":"😀/","n":[1.1,1000,true,null,"yes"]}"#])
        #expect(read(text).problems == [])
    }

    @Test func `several JSON documents may follow each other`() {
        #expect(read("{\"a\":1}\n{\"b\":2} [3]").json == [#"{"a":1}"#, #"{"b":2}"#, "[3]"])
    }

    @Test func `duplicates and depth are checked in JSON too`() {
        #expect(
            read("{\"a\":1,\n \"a\":2}").problems == [
                "2:2: error: duplicate key `a`, first at line 1, column 2"
            ]
        )
        let deep = String(repeating: "[", count: 101) + String(repeating: "]", count: 101)
        #expect(read(deep).problems == ["1:101: error: more than 100 levels of nesting"])
    }

    @Test func `what starts like JSON may be YAML`() {
        #expect(
            read("{a: yes, 'b': [x, ]}\n---\nc: 1\n").json == [
                #"{"a":true,"b":["x"]}"#, #"{"c":1}"#,
            ]
        )
        #expect(read("{\"a\": 1} # c\n").json == [#"{"a":1}"#])
    }

    @Test func `a broken file is explained in the terms of its name`() {
        let text = "{\"a\": 1,\n \"b\" 2}"
        #expect(
            read(text, file: "f.json").problems == [
                "2:6: error: invalid JSON: expected `:`, found `2`"
            ]
        )
        #expect(
            read(text, file: "f.yaml").problems.first?.contains("while parsing a flow mapping")
                == true
        )
    }
}
