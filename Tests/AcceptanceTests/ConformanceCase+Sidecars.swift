// SPDX-License-Identifier: Apache-2.0

extension ConformanceCase {
    /// What the suite asks of sidecars.
    static let sidecars: [ConformanceCase] = [
        ConformanceCase(
            name: "TestSidecarName",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    sidecars: [{name: beside, image: ubuntu, script: echo hi}]
                    steps: [{name: own, image: ubuntu, script: echo hi}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.taskSpec.sidecars.count", "1"),
                ("spec.taskSpec.sidecars.0.name", "beside"),
            ]
        ),
        ConformanceCase(
            name: "TestSidecarScriptSuccess",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    volumes: [{name: shared, emptyDir: {}}]
                    sidecars:
                    - name: beside
                      image: ubuntu
                      volumeMounts: [{name: shared, mountPath: /shared}]
                      script: echo hi > /shared/message
                    steps:
                    - name: reads
                      image: ubuntu
                      volumeMounts: [{name: shared, mountPath: /shared}]
                      script: until cat /shared/message; do sleep 0.1; done
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
            ]
        ),
        ConformanceCase(
            name: "TestSidecarScriptFailure (SidecarFailed, not Failed)",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    volumes: [{name: shared, emptyDir: {}}]
                    sidecars: [{name: beside, image: ubuntu, script: exit 1}]
                    steps:
                    - name: reads
                      image: ubuntu
                      volumeMounts: [{name: shared, mountPath: /shared}]
                      script: cat /shared/message
                """,
            facts: [
                ("condition.status", "False"),
                ("condition.reason", "SidecarFailed"),
                ("spec.taskSpec.sidecars.count", "1"),
            ]
        ),
        ConformanceCase(
            name: "TestSidecarArgAndCommand",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    volumes: [{name: shared, emptyDir: {}}]
                    sidecars:
                    - name: beside
                      image: ubuntu
                      volumeMounts: [{name: shared, mountPath: /shared}]
                      command: [/bin/bash]
                      args: [-c, "echo hi > /shared/message"]
                    steps:
                    - name: reads
                      image: ubuntu
                      volumeMounts: [{name: shared, mountPath: /shared}]
                      command: [sh]
                      args: [-c, "until cat /shared/message; do sleep 0.1; done"]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.taskSpec.sidecars.count", "1"),
            ]
        ),
    ]
}
