// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import Tekton

struct ParamValueTests {
    private func value(_ json: String) throws -> ParamValue {
        ParamValue(json: try JSONValue.parse(Array(json.utf8)))
    }

    @Test func `strings, lists and objects of strings are themselves`() throws {
        #expect(try value("\"a\"") == .string("a"))
        #expect(try value("[\"a\",\"b\"]") == .array(["a", "b"]))
        #expect(try value("{\"k\":\"v\"}") == .object(["k": "v"]))
        #expect(try value("[]") == .array([]))
        #expect(try value("{}") == .object([:]))
    }

    @Test func `null is the empty string, also within a list or object`() throws {
        #expect(try value("null") == .string(""))
        #expect(try value("[null,\"a\"]") == .array(["", "a"]))
        #expect(try value("{\"k\":null}") == .object(["k": ""]))
    }

    @Test(arguments: [
        ("true", "true"), ("8", "8"), ("1.1", "1.1"), ("[1, \"a\"]", "[1,\"a\"]"),
        ("{\"b\": 1, \"a\": \"<&>\"}", "{\"a\":\"\\u003c\\u0026\\u003e\",\"b\":1}"),
        ("[[\"a\"]]", "[[\"a\"]]"), ("[\"a\\n\\u0001\\\"\", 1]", "[\"a\\n\\u0001\\\"\",1]"),
    ])
    func `everything else becomes its JSON text`(json: String, text: String) throws {
        #expect(try value(json) == .string(text))
    }

    @Test func `a value in YAML is what YAML 1.1 makes of it`() throws {
        let manifest = try Manifest.parse(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: r}
            spec:
              taskRef: {name: t}
              params:
              - {name: a, value: yes}
              - {name: b, value: 010}
              - {name: c, value: 1.10}
              - {name: d, value: "yes"}
              - {name: e, value: }
            """
        )
        let run = try #require(ValidatedTaskRun.validate(manifest).taskRun)
        let texts = run.definition.spec.params.map(\.value.stringValue)
        #expect(texts == ["true", "8", "1.1", "yes", ""])
    }
}
