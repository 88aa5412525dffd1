// SPDX-License-Identifier: Apache-2.0

extension ConformanceCase {
    /// What the suite asks of TaskRuns.
    static let taskRuns: [ConformanceCase] = [
        ConformanceCase(
            name: "TestStringTaskParam",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  params: [{name: string-param, value: foo-string}]
                  taskSpec:
                    params: [{name: string-param, type: string}]
                    steps:
                    - {name: check, image: mirror.gcr.io/bash, script: "if [[ $(params.string-param) != foo-string ]]; then exit 1; fi"}
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.params.count", "1"),
            ]
        ),
        ConformanceCase(
            name: "TestArrayTaskParam",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  params: [{name: words, value: [foo, bar]}]
                  taskSpec:
                    results: [{name: joined}]
                    params: [{name: words, type: array}]
                    steps:
                    - name: join
                      image: alpine
                      command: [/bin/sh, -c]
                      args: ['echo -n $(params.words[0])"-"$(params.words[1]) | tee $(results.joined.path);']
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.params.0.value.count", "2"),
                ("status.results.count", "1"),
                ("status.results.0.value", "foo-bar"),
            ]
        ),
        ConformanceCase(
            name: "TestTaskParamDefaults",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  params:
                  - {name: words, value: [array-foo, array-bar]}
                  - {name: word, value: string-foo}
                  taskSpec:
                    results: [{name: array-output}, {name: string-output}]
                    params:
                    - {name: words, type: array}
                    - {name: more, type: array, default: [array-foo-default, array-bar-default]}
                    - {name: word, type: string}
                    - {name: other, type: string, default: string-baz-default}
                    steps:
                    - name: strings
                      image: bash
                      command: [/bin/sh, -c]
                      args: ['echo -n $(params.word)"-"$(params.other) | tee $(results.string-output.path);']
                    - name: arrays
                      image: bash
                      command: [/bin/sh, -c]
                      args: ['echo -n $(params.words[0])"-"$(params.more[1]) | tee $(results.array-output.path);']
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.params.count", "2"),
                ("spec.params.0.value.1", "array-bar"),
                ("spec.params.1.value", "string-foo"),
                ("status.results.count", "2"),
                ("status.results.0.value", "string-foo-string-baz-default"),
                ("status.results.1.value", "array-foo-array-bar-default"),
            ]
        ),
        ConformanceCase(
            name: "TestTaskParamDescription",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    params: [{name: foo, description: foo param, default: foo}]
                    steps:
                    - name: add
                      image: alpine
                      env: [{name: OP1, value: $(params.foo)}]
                      command: [/bin/sh, -c]
                      args: ['echo -n ${OP1}']
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.taskSpec.params.0.description", "foo param"),
                ("status.taskSpec.params.0.description", "foo param"),
            ]
        ),
        ConformanceCase(
            name: "TestTaskRunWorkspace",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  workspaces: [{name: room, emptyDir: {}}]
                  taskSpec:
                    workspaces: [{name: room}]
                    steps:
                    - {name: write, image: ubuntu, script: echo $(workspaces.room.path) > $(workspaces.room.path)/foo}
                    - {name: check, image: ubuntu, script: test "$(cat $(workspaces.room.path)/foo)" = /workspace/room}
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("spec.workspaces.count", "1"),
                ("spec.workspaces.0.name", "room"),
                ("status.taskSpec.workspaces.0.name", "room"),
            ]
        ),
        ConformanceCase(
            name: "TestTaskRunTimeout",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  timeout: 1s
                  taskSpec:
                    steps: [{image: busybox, command: [/bin/sh], args: ['-c', 'sleep 15001']}]
                """,
            facts: [
                ("condition.status", "False"),
                ("condition.reason", "TaskRunTimeout"),
            ]
        ),
        ConformanceCase(
            name: "TestConditions",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps:
                    - name: add
                      image: ubuntu
                      script:
                        echo hi
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
            ]
        ),
    ]
}
