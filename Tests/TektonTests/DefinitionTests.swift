// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import Tekton

struct DefinitionTests {
    private func json(_ text: String) throws -> JSONValue {
        try JSONValue.parse(Array(text.utf8))
    }

    @Test func `a TaskRun is written as the cluster stores it`() throws {
        let manifest = try Manifest.parse(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: r, labels: {a: b}, finalizers: [x]}
            spec:
              taskRef: {name: t}
              podTemplate: {nodeSelector: {disk: ssd}}
            """
        )
        let run = try #require(ValidatedTaskRun.validate(manifest).taskRun)
        #expect(
            run.definition.json
                == (try json(
                    """
                    {"apiVersion": "tekton.dev/v1", "kind": "TaskRun",
                     "metadata": {"name": "r", "finalizers": ["x"], "labels": {"a": "b",
                       "app.kubernetes.io/managed-by": "tekton-pipelines"}},
                     "spec": {"taskRef": {"name": "t", "kind": "Task"}, "timeout": "1h0m0s",
                       "serviceAccountName": "default",
                       "podTemplate": {"nodeSelector": {"disk": "ssd"}}}}
                    """
                ))
        )
    }

    @Test func `fields that nothing interprets are echoed`() throws {
        let text = """
            {"name": "s", "image": "i", "computeResources": {"limits": {"cpu": "1"}},
             "securityContext": {"runAsUser": 7, "seccompProfile": {"type": "RuntimeDefault"}},
             "env": [{"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "r"}}}],
             "volumeMounts": [{"name": "v", "mountPath": "/v", "recursiveReadOnly": "x"}]}
            """
        #expect(StepDefinition(json: try json(text)).json == (try json(text)))
    }

    @Test func `an empty pointer is kept and an empty value is not`() throws {
        let spec = TaskRunSpec(
            json: try json("{\"podTemplate\": {}, \"params\": [], \"retries\": 0}")
        )
        #expect(spec.json == (try json("{\"podTemplate\": {}, \"serviceAccountName\": \"\"}")))
    }

    @Test func `a type follows from properties and from the default`() throws {
        func type(_ text: String) throws -> ParamType? {
            var param = ParamSpec(json: try json(text))
            param.setDefaults()
            return param.type
        }
        #expect(try type("{}") == .string)
        #expect(try type("{\"default\": []}") == .array)
        #expect(try type("{\"default\": {}}") == .object)
        #expect(try type("{\"properties\": {}}") == .object)
        #expect(try type("{\"type\": \"array\", \"default\": \"x\"}") == .array)
    }

    @Test func `a Task of v1beta1 is converted to v1`() throws {
        let manifest = try Manifest.parse(
            """
            apiVersion: tekton.dev/v1beta1
            kind: Task
            metadata: {name: t}
            spec:
              params: [{name: p, default: [a]}]
              stepTemplate: {resources: {limits: {cpu: 1}}}
              steps:
              - {name: s, image: i, resources: {requests: {memory: 1Gi}}, tty: true, ports: []}
              sidecars: [{name: c, image: i, resources: {}}]
            """
        )
        let task = try #require(ValidatedTask.validate(manifest).task)
        #expect(
            task.definition.json
                == (try json(
                    """
                    {"apiVersion": "tekton.dev/v1", "kind": "Task", "metadata": {"name": "t"},
                     "spec": {"params": [{"name": "p", "type": "array", "default": ["a"]}],
                       "stepTemplate": {"computeResources": {"limits": {"cpu": "1"}}},
                       "steps": [{"name": "s", "image": "i",
                         "computeResources": {"requests": {"memory": "1Gi"}}}],
                       "sidecars": [{"name": "c", "image": "i", "computeResources": {}}]}}
                    """
                ))
        )
    }

    @Test func `a PipelineRun of v1beta1 is converted to v1`() throws {
        let manifest = try Manifest.parse(
            """
            apiVersion: tekton.dev/v1beta1
            kind: PipelineRun
            metadata: {name: r}
            spec:
              pipelineRef: {name: p}
              serviceAccountName: sa
              podTemplate: {hostNetwork: true}
              timeout: 5m
              taskRunSpecs:
              - pipelineTaskName: a
                taskServiceAccountName: other
                stepOverrides: [{name: s, resources: {limits: {cpu: 2}}}]
            """
        )
        let run = try #require(ValidatedPipelineRun.validate(manifest).pipelineRun)
        #expect(
            run.definition.spec.json
                == (try json(
                    """
                    {"pipelineRef": {"name": "p"}, "timeouts": {"pipeline": "5m0s"},
                     "taskRunTemplate": {"serviceAccountName": "sa",
                       "podTemplate": {"hostNetwork": true}},
                     "taskRunSpecs": [{"pipelineTaskName": "a", "serviceAccountName": "other",
                       "stepSpecs": [{"name": "s",
                         "computeResources": {"limits": {"cpu": "2"}}}]}]}
                    """
                ))
        )
    }
}
