// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

/// Objects as `kubectl get -o yaml` prints them.
@Suite("Objects taken from a cluster")
struct ClusterObjectTests {
    @Test
    func
        `a TaskRun with its status and managed fields runs as it is, and gets a status of its own`()
        throws
    {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata:
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: |
                  {"apiVersion":"tekton.dev/v1"}
                pipeline.tekton.dev/release: 3ee1745
              creationTimestamp: "2026-08-20T10:00:00Z"
              finalizers: [chains.tekton.dev]
              generateName: hello-
              generation: 1
              labels: {app.kubernetes.io/managed-by: tekton-pipelines}
              managedFields:
              - apiVersion: tekton.dev/v1
                fieldsType: FieldsV1
                fieldsV1: {"f:metadata": {"f:generateName": {}}}
                manager: kubectl-create
                operation: Update
                time: "2026-08-20T10:00:00Z"
              name: hello-x7k2p
              namespace: ci
              ownerReferences:
              - {apiVersion: tekton.dev/v1, blockOwnerDeletion: true, controller: true, kind: PipelineRun, name: p, uid: a}
              resourceVersion: "123"
              uid: 0c5f3a52-1b5e-4c2a-9d5c-0f3f0e2d8a11
            spec:
              serviceAccountName: default
              taskSpec:
                steps:
                - {computeResources: {}, image: alpine, name: s, script: echo hi}
              timeout: 1h0m0s
            status:
              artifacts: {}
              completionTime: "2026-08-20T10:00:10Z"
              conditions:
              - {lastTransitionTime: "2026-08-20T10:00:10Z", message: m, reason: Failed, status: "False", type: Succeeded}
              podName: hello-x7k2p-pod
              provenance:
                featureFlags: {awaitSidecarReadiness: true, enableAPIFields: beta}
              startTime: "2026-08-20T10:00:00Z"
              steps:
              - container: step-s
                imageID: docker.io/library/alpine@sha256:abc
                name: s
                terminated: {containerID: c, exitCode: 1, finishedAt: "2026-08-20T10:00:09Z", reason: Error, startedAt: "2026-08-20T10:00:09Z"}
                terminationReason: Error
              taskSpec:
                steps:
                - {computeResources: {}, image: alpine, name: s, script: echo hi}
            """,
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("hello-x7k2p", "s") == "hi\n")
        let status = try JSONValue.parse(Array(outcome.output.utf8))["status"]
        #expect(status?["conditions"]?.array?.first?["reason"]?.string == "Succeeded")
        #expect(status?["startTime"]?.string?.hasPrefix("2026-08-20") == false)
        #expect(status?["artifacts"] == .object([:]))
    }

    @Test func `a PipelineRun of v1beta1 as a cluster showed it runs as it is`() throws {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1beta1
            kind: PipelineRun
            metadata:
              generateName: hello-
              managedFields:
              - {apiVersion: tekton.dev/v1beta1, fieldsType: FieldsV1, fieldsV1: {"f:spec": {}}, manager: kubectl, operation: Update}
              resourceVersion: "7"
            spec:
              serviceAccountName: builder
              timeout: 30m0s
              podTemplate: {nodeSelector: {disk: ssd}}
              taskRunSpecs:
              - pipelineTaskName: a
                taskServiceAccountName: other
                taskPodTemplate: {securityContext: {runAsUser: 1000}}
              pipelineSpec:
                tasks:
                - name: a
                  taskSpec:
                    metadata: {}
                    spec: null
                    steps: [{name: s, image: alpine, resources: {requests: {cpu: 1}}, script: id -u}]
            status:
              startTime: "2024-01-01T00:00:00Z"
              completionTime: "2024-01-01T00:01:00Z"
              conditions: [{type: Succeeded, status: "False", reason: Failed, message: m}]
              taskRuns: {hello-x-a: {pipelineTaskName: a, status: {podName: p, steps: []}}}
              pipelineSpec: {tasks: [{name: a, taskSpec: {metadata: {}, spec: null, steps: []}}]}
            """,
            "-o",
            "json",
            "--children"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let items = try JSONValue.parse(Array(outcome.output.utf8))["items"]?.array ?? []
        let name = items.first?["metadata"]?["name"]?.string ?? ""
        #expect(name.hasPrefix("hello-") && name.count == 11)
        #expect(items.first?["apiVersion"]?.string == "tekton.dev/v1")
        #expect(items.first?["spec"]?["timeouts"]?["pipeline"]?.string == "30m0s")
        #expect(items.first?["status"]?["taskRuns"] == nil)
        #expect(items.last?["spec"]?["serviceAccountName"]?.string == "other")
        #expect(try run.log("\(name)-a", "s") == "1000\n")
    }
}
