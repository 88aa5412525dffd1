// SPDX-License-Identifier: Apache-2.0

extension ConformanceCase {
    /// What the suite asks of steps.
    static let steps: [ConformanceCase] = [
        ConformanceCase(
            name: "TestTaskRunConditions",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps: [{name: add, image: ubuntu, script: echo hi}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
            ]
        ),
        ConformanceCase(
            name: "TestStepScript",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    params: [{name: P, default: value-of-p}]
                    steps:
                    - name: node
                      image: node
                      script: |
                        #!/usr/bin/env node
                        console.log("hi")
                    - name: perl
                      image: perl
                      script: |
                        #!/usr/bin/perl
                        print "hi";
                    - name: python
                      image: python
                      script: |
                        #!/usr/bin/env python3
                        assert '$(params.P)' == 'value-of-p'
                        assert '$$$$' == chr(36) * 4 and '$$$' == chr(36) * 3 and '$$' == chr(36) * 2
                    - name: args
                      image: ubuntu
                      args: [one, two]
                      script: |
                        #!/usr/bin/env bash
                        [[ $# == 2 && $1 == one && $2 == two ]]
                    - name: dollars
                      image: bash
                      script: |
                        #!/usr/bin/env bash
                        set -xe
                        name=deep
                        where=name
                        test "$(eval echo \\$$where)" = deep
                """,
            facts: [
                ("status.steps.count", "5"),
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("status.steps.0.terminated.reason", "Completed"),
                ("status.steps.0.name", "node"),
                ("status.steps.1.terminated.reason", "Completed"),
                ("status.steps.1.name", "perl"),
                ("status.steps.2.terminated.reason", "Completed"),
                ("status.steps.2.name", "python"),
                ("status.steps.3.terminated.reason", "Completed"),
                ("status.steps.3.name", "args"),
                ("status.steps.4.terminated.reason", "Completed"),
                ("status.steps.4.name", "dollars"),
            ]
        ),
        ConformanceCase(
            name: "TestStepEnv",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps:
                    - name: bash
                      image: ubuntu
                      env: [{name: FOO, value: foooooooo}]
                      script: |
                        #!/usr/bin/env bash
                        set -euo pipefail
                        test ${FOO:2:4} = oooo
                """,
            facts: [
                ("status.steps.0.terminated.reason", "Completed"),
                ("status.taskSpec.steps.0.env.0.name", "FOO"),
                ("status.taskSpec.steps.0.env.0.value", "foooooooo"),
            ]
        ),
        ConformanceCase(
            name: "TestStepWorkingDir",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps:
                    - {name: default, image: ubuntu, workingDir: /workspace, script: test $PWD = /workspace}
                    - {name: override, image: ubuntu, workingDir: /a/path/too/far, script: test $PWD = /a/path/too/far}
                """,
            facts: [
                ("status.steps.0.terminated.reason", "Completed"),
                ("status.steps.1.terminated.reason", "Completed"),
                ("status.taskSpec.steps.0.workingDir", "/workspace"),
                ("status.taskSpec.steps.1.workingDir", "/a/path/too/far"),
            ]
        ),
        ConformanceCase(
            name: "TestStepStateImageID",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps: [{image: 'busybox@sha256:1303dbf110c57f3edf68d9f5a16c082ec06c4cf7604831669faf2c712260b5a0', args: ['-c', 'echo hello']}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("status.steps.count", "1"),
                (
                    "status.steps.0.imageID",
                    "busybox@sha256:1303dbf110c57f3edf68d9f5a16c082ec06c4cf7604831669faf2c712260b5a0"
                ),
            ]
        ),
        ConformanceCase(
            name: "TestStepStateName",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps: [{name: step-foo, image: mirror.gcr.io/busybox, args: ['-c', 'echo hello']}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("status.steps.count", "1"),
                ("status.steps.0.name", "step-foo"),
            ]
        ),
        ConformanceCase(
            name: "TestStepStateContainerStateTerminated, success",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps: [{image: busybox, args: ['-c', 'echo hello']}]
                """,
            facts: [
                ("condition.status", "True"),
                ("condition.reason", "Succeeded"),
                ("status.steps.0.terminated.exitCode", "0"),
                ("status.steps.0.terminated.reason", "Completed"),
            ]
        ),
        ConformanceCase(
            name: "TestStepStateContainerStateTerminated, failure (StepFailed, not Failed)",
            yaml: """
                apiVersion: tekton.dev/v1
                kind: TaskRun
                metadata: {name: c}
                spec:
                  taskSpec:
                    steps: [{image: busybox, script: exit 1}]
                """,
            facts: [
                ("condition.status", "False"),
                ("condition.reason", "StepFailed"),
                ("status.steps.0.terminated.exitCode", "1"),
                ("status.steps.0.terminated.reason", "Error"),
            ]
        ),
    ]
}
