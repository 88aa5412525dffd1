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
}
