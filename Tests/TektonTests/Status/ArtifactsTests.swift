// SPDX-License-Identifier: Apache-2.0
import JSON
import Tekton
import Testing

@Suite("Artifacts")
struct ArtifactsTests {
    private func artifacts(_ text: String) throws -> Artifacts {
        try #require(Artifacts(Array(text.utf8)))
    }

    @Test func `what is read comes out again, and fields of other names do not`() throws {
        let read = try artifacts(
            #"{"outputs":[{"name":"i","buildOutput":true,"other":1,"values":[{"uri":"u","digest":{"sha1":"d"}}]}]}"#
        )
        #expect(
            String(decoding: read.json.serialize(), as: UTF8.self)
                == #"{"outputs":[{"buildOutput":true,"name":"i","values":[{"digest":{"sha1":"d"},"uri":"u"}]}]}"#
        )
        #expect(read.outputs[0].valuesText == #"[{"digest":{"sha1":"d"},"uri":"u"}]"#)
    }

    @Test(arguments: [
        "", "[]", #"{"inputs":{}}"#, #"{"inputs":[1]}"#, #"{"outputs":[{"name":1}]}"#,
    ])
    func `a text of another shape is none`(text: String) {
        #expect(Artifacts(Array(text.utf8)) == nil)
    }

    @Test func `merged, each value stands once under its name, and a build output stays one`()
        throws
    {
        var merged = try artifacts(#"{"outputs":[{"name":"a","values":[{"uri":"1"}]}]}"#)
        let more =
            #"{"outputs":[{"name":"a","buildOutput":true,"values":[{"uri":"1"},{"uri":"2"}]},{"name":"b"}]}"#
        merged.merge(try artifacts(more))
        #expect(merged.outputs.map(\.name) == ["a", "b"])
        #expect(merged.outputs[0].values.map(\.uri) == ["1", "2"])
        #expect(merged.outputs[0].isBuildOutput)
    }
}
