// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import Tekton

struct StepTemplateTests {
    private func merged(_ template: String, _ step: String) throws -> StepDefinition {
        let template = StepTemplate(json: try JSONValue.parse(Array(template.utf8)))
        return template.applied(to: StepDefinition(json: try JSONValue.parse(Array(step.utf8))))
    }

    @Test func `the step's own fields win and lists are replaced whole`() throws {
        let step = try merged(
            "{\"image\": \"a\", \"workingDir\": \"/w\", \"command\": [\"x\"], \"args\": [\"1\", \"2\"]}",
            "{\"image\": \"b\", \"args\": [\"3\"]}"
        )
        #expect(step.image == "b")
        #expect(step.workingDirectory == "/w")
        #expect(step.command == ["x"])
        #expect(step.args == ["3"])
    }

    @Test func `variables merge by name, those of the template alone come last`() throws {
        let step = try merged(
            "{\"env\": [{\"name\": \"A\", \"value\": \"1\"}, {\"name\": \"B\", \"value\": \"2\"}]}",
            "{\"env\": [{\"name\": \"B\", \"value\": \"3\"}, {\"name\": \"C\", \"value\": \"4\"}]}"
        )
        #expect(step.environment.map(\.name) == ["B", "C", "A"])
        #expect(step.environment.map(\.value) == ["3", "4", "1"])
    }

    @Test func `a variable never has a value and a source`() throws {
        let source = "{\"secretKeyRef\": {\"name\": \"s\", \"key\": \"k\"}}"
        let first = try merged(
            "{\"env\": [{\"name\": \"A\", \"value\": \"1\"}]}",
            "{\"env\": [{\"name\": \"A\", \"valueFrom\": \(source)}]}"
        )
        #expect(first.environment.first?.value.isEmpty == true)
        #expect(first.environment.first?.source?.secretKey?.key == "k")
        let second = try merged(
            "{\"env\": [{\"name\": \"A\", \"valueFrom\": \(source)}]}",
            "{\"env\": [{\"name\": \"A\", \"value\": \"1\"}]}"
        )
        #expect(second.environment.first?.value == "1")
        #expect(second.environment.first?.source == nil)
    }

    @Test func `mounts merge by path and security contexts field by field`() throws {
        let step = try merged(
            """
            {"volumeMounts": [{"name": "a", "mountPath": "/x", "readOnly": true},
              {"name": "b", "mountPath": "/y"}],
             "securityContext": {"runAsUser": 1, "runAsGroup": 1,
               "capabilities": {"add": ["CHOWN"]}}}
            """,
            """
            {"volumeMounts": [{"name": "c", "mountPath": "/x"}],
             "securityContext": {"runAsUser": 2, "capabilities": {"drop": ["ALL"]}}}
            """
        )
        #expect(step.volumeMounts.map(\.name) == ["c", "b"])
        #expect(step.volumeMounts.first?.isReadOnly == true)
        #expect(step.securityContext?.runAsUser == 2)
        #expect(step.securityContext?.runAsGroup == 1)
        #expect(step.securityContext?.capabilities?.added == ["CHOWN"])
        #expect(step.securityContext?.capabilities?.dropped == ["ALL"])
    }

    @Test func `a step that refers to a StepAction is left as it is`() throws {
        let step = try merged("{\"image\": \"a\"}", "{\"ref\": {\"name\": \"action\"}}")
        #expect(step.image.isEmpty)
    }
}
