// SPDX-License-Identifier: Apache-2.0

extension ConformanceCase {
    /// What the suite asks of PipelineRuns.
    static let pipelineRuns: [ConformanceCase] = [
        ConformanceCase(
            name: "TestPipelineRunConditions",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  pipelineSpec:
                    tasks: [{name: only, taskSpec: {steps: [{name: add, image: ubuntu, script: echo hi}]}}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
            ]
        ),
        ConformanceCase(
            name: "TestPipelineTaskParams",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  pipelineSpec:
                    tasks:
                    - name: sum
                      params: [{name: op0, value: "10"}, {name: op1, value: "1"}]
                      taskSpec:
                        params: [{name: op0, type: string, description: first}, {name: op1, type: string, description: second}]
                        results: [{name: sum}]
                        steps:
                        - name: sum
                          image: bash
                          script: |
                            #!/usr/bin/env bash
                            echo -n $(( "$(inputs.params.op0)" + "$(inputs.params.op1)" )) | tee $(results.sum.path)
                    results: [{name: sum, value: $(tasks.sum.results.sum)}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.pipelineSpec.tasks.count", "1"),
                ("spec.pipelineSpec.tasks.0.params.0.value", "10"),
                ("spec.pipelineSpec.tasks.0.params.1.value", "1"),
                ("status.results.0.value", "11"),
            ]
        ),
        ConformanceCase(
            name: "TestPipelineResult",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  params: [{name: prefix, value: prefix}]
                  pipelineSpec:
                    params: [{name: prefix}]
                    results: [{name: output, type: string, value: $(tasks.join.results.output)}]
                    tasks:
                    - name: make
                      taskSpec:
                        results: [{name: suffix}]
                        steps: [{name: s, image: alpine, script: echo -n suffix > $(results.suffix.path)}]
                    - name: join
                      params: [{name: arg, value: "$(params.prefix):$(tasks.make.results.suffix)"}]
                      taskSpec:
                        params: [{name: arg}]
                        results: [{name: output}]
                        steps: [{name: s, image: alpine, script: echo -n "$(params.arg)" | tee $(results.output.path)}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("status.results.count", "1"),
                ("status.results.0.value", "prefix:suffix"),
            ]
        ),
        ConformanceCase(
            name: "TestPipelineWorkspace",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  workspaces:
                  - name: room
                    volumeClaimTemplate:
                      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 16Mi}}, volumeMode: Filesystem}
                  pipelineSpec:
                    workspaces: [{name: room}]
                    tasks:
                    - name: write
                      workspaces: [{name: own, workspace: room}]
                      taskSpec:
                        workspaces: [{name: own}]
                        steps: [{name: s, image: ubuntu, script: echo $(workspaces.own.path) > $(workspaces.own.path)/foo}]
                    - name: check
                      runAfter: [write]
                      workspaces: [{name: other, workspace: room}]
                      taskSpec:
                        workspaces: [{name: other}]
                        steps: [{name: s, image: ubuntu, script: test "$(cat $(workspaces.other.path)/foo)" = /workspace/own}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.workspaces.0.name", "room"),
                ("status.pipelineSpec.workspaces.0.name", "room"),
            ]
        ),
        ConformanceCase(
            name: "TestPipelineTaskTimeout",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  pipelineSpec:
                    tasks:
                    - name: slow
                      timeout: 1s
                      taskSpec: {steps: [{image: busybox, command: [/bin/sh], args: ['-c', 'sleep 15001']}]}
                """,
            facts: [
                ("condition.status", "False"),
                ("condition.reason", "Failed"),
            ]
        ),
        ConformanceCase(
            name: "TestPipelineRunTimeout",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  timeouts: {tasks: 1s}
                  pipelineSpec:
                    tasks:
                    - name: slow
                      taskSpec: {steps: [{image: busybox, command: [/bin/sh], args: ['-c', 'sleep 15001']}]}
                """,
            facts: [
                ("condition.status", "False"),
                ("condition.reason", "PipelineRunTimeout"),
            ]
        ),
        ConformanceCase(
            name: "TestPipelineRunTaskFinally",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  params: [{name: a, value: "3"}, {name: b, value: "1"}]
                  pipelineSpec:
                    params: [{name: a, type: string}, {name: b, type: string}]
                    results:
                    - {name: task-result, value: $(tasks.multiply.results.product)}
                    - {name: finally-result, value: $(finally.again.results.product)}
                    tasks:
                    - name: multiply
                      params: [{name: a, value: $(params.a)}, {name: b, value: $(params.b)}]
                      taskSpec: &product
                        results: [{name: product}]
                        steps:
                        - name: s
                          image: bash
                          script: |
                            #!/usr/bin/env bash
                            echo -n $(( "$(params.a)" * "$(params.b)" )) | tee $(results.product.path)
                    finally:
                    - name: again
                      params:
                      - {name: a, value: $(tasks.multiply.results.product)$(tasks.multiply.results.product)}
                      - {name: b, value: $(tasks.multiply.results.product)$(tasks.multiply.results.product)}
                      taskSpec: *product
                """,
            facts: [
                ("status.conditions.count", "1"),
                ("status.results.0.value", "3"),
                ("status.results.1.value", "1089"),
            ]
        ),
        ConformanceCase(
            name: "TestPipelineRunChildReferences",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: c}
                spec:
                  pipelineSpec:
                    tasks:
                    - {name: pipeline-task-0, taskSpec: {steps: [{name: s, image: ubuntu, script: echo hi}]}}
                    - {name: pipeline-task-1, taskSpec: {steps: [{name: s, image: ubuntu, script: echo hi}]}}
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("status.childReferences.count", "2"),
                ("status.childReferences.0.name", "c-pipeline-task-0"),
                ("status.childReferences.0.pipelineTaskName", "pipeline-task-0"),
                ("status.childReferences.1.name", "c-pipeline-task-1"),
                ("status.childReferences.1.pipelineTaskName", "pipeline-task-1"),
            ]
        ),
    ]
}
