// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

@Suite("tacit run of pipelines")
struct PipelineRunTests {
    private func condition(_ outcome: CommandOutcome) throws -> JSONValue? {
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        return object["status"]?["conditions"]?.array?.first
    }

    private static let pipeline = """
        apiVersion: tekton.dev/v1
        kind: Pipeline
        metadata: {name: greet}
        spec:
          params: [{name: who, default: you}]
          workspaces: [{name: shelf}]
          results: [{name: said, value: $(tasks.say.results.text)}]
          tasks:
          - name: say
            taskRef: {name: say}
            params: [{name: who, value: $(params.who)}]
            workspaces: [{name: w, workspace: shelf, subPath: notes}]
        ---
        apiVersion: tekton.dev/v1
        kind: Task
        metadata: {name: say}
        spec:
          params: [{name: who}]
          workspaces: [{name: w}]
          results: [{name: text}]
          steps:
          - name: aloud
            image: bash
            script: |
              #!/bin/sh
              echo "hello $(params.who)" | tee $(workspaces.w.path)/note
              printf '%s' "hello $(params.who)" >$(results.text.path)

        """

    @Test func `a Pipeline brings its Tasks along, and the command line its params and workspaces`()
        throws
    {
        let run = try Run(Self.pipeline, "-p", "who=world")
        try run.directory.write("", to: "shelf/.keep")
        var command = run.command
        command.arguments += ["-w", "shelf=\(run.directory.path("shelf"))"]
        let outcome = try command.run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output == "[say : aloud] hello world\n")
        #expect(outcome.error.contains("tacit: result `said`: \"hello world\""))
        #expect(try run.directory.read("shelf/notes/note") == "hello world\n")
    }

    @Test func `a Pipeline beside a Task that it does not use must be named`() throws {
        let other =
            "---\n"
            + Self.pipeline.replacing("name: say}\nspec", with: "name: x}\nspec")
            .split(separator: "---")[1]
        let ambiguous = try Run(Self.pipeline + other, "-w", "shelf=emptyDir").finish()
        #expect(ambiguous.exitCode == 2)
        #expect(ambiguous.error.contains("Pipeline `greet`, Task `x`"), "\(ambiguous)")
        let named = try Run(
            Self.pipeline + other,
            "-w",
            "shelf=emptyDir",
            "--pipeline",
            "greet"
        ).finish()
        #expect(named.exitCode == 0, "\(named)")
    }

    @Test func `lines of tasks that run at once stay whole`() throws {
        let tasks = (0..<4).map { number in
            """
                - name: t\(number)
                  taskSpec:
                    steps:
                    - name: s
                      image: bash
                      script: |
                        #!/bin/bash
                        for i in {1..50}; do printf 'half-'; printf 'line-%s\\n' $i; done

            """
        }
        let run = try Run(
            "apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata: {name: p}\nspec:\n"
                + "  pipelineSpec:\n    tasks:\n" + tasks.joined()
        )
        var command = run.command
        command.environment?["TACIT_PARALLEL_TASKS"] = "4"
        let outcome = try command.run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 200)
        for number in 0..<4 {
            let own = lines.filter { $0.hasPrefix("[t\(number) : s] ") }
            #expect(own.map { $0.dropFirst(9) } == (1...50).map { "half-line-\($0)" })
        }
    }

    private func run(status: String) throws -> CommandOutcome {
        try Run(
            """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              status: \(status)
              pipelineSpec:
                tasks:
                - {name: t, taskSpec: {steps: [{name: s, image: bash, script: "echo t"}]}}
                finally:
                - {name: f, taskSpec: {steps: [{name: s, image: bash, script: "echo f"}]}}
            """,
            "-o",
            "json"
        ).finish()
    }

    @Test(arguments: [
        ("CancelledRunFinally", "PipelineRun was gracefully cancelled"),
        ("StoppedRunFinally", "PipelineRun was gracefully stopped"),
    ])
    func `a run that is told to stop runs what is finally`(status: String, why: String) throws {
        let outcome = try run(status: status)
        #expect(outcome.exitCode == 1 && outcome.error.contains("[f : s] f"), "\(outcome)")
        #expect(!outcome.error.contains("[t : s]"))
        #expect(try condition(outcome)?["reason"]?.string == "Cancelled")
        #expect(try condition(outcome)?["message"]?.string == "PipelineRun \"p\" was cancelled")
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        #expect(object["status"]?["skippedTasks"]?.array?.first?["reason"]?.string == why)
    }

    @Test func `artifacts of a task are put into the text of those after it`() throws {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              pipelineSpec:
                tasks:
                - name: make
                  taskSpec:
                    steps:
                    - name: s
                      image: bash
                      script: |
                        echo '{"outputs": [{"name": "image", "values": [{"uri": "pkg:a", "digest": {"sha256": "'$(printf '%064d' 7)'"}}]}]}' > $(artifacts.path)
                - name: use
                  runAfter: [make]
                  taskSpec:
                    steps:
                    - name: s
                      image: bash
                      script: |
                        echo '$(tasks.make.outputs.image)' '$(tasks.make.outputs)' '$(tasks.make.inputs.none)'
            """,
            "--api",
            "alpha"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let digits = String(repeating: "0", count: 63) + "7"
        let values = #"[{"digest":{"sha256":"\#(digits)"},"uri":"pkg:a"}]"#
        #expect(try run.log("p-use", "s") == "\(values) \(values) $(tasks.make.inputs.none)\n")
    }

    @Test(arguments: [("Cancelled", "False"), ("PipelineRunPending", "Unknown")])
    func `a run that is cancelled or pending runs nothing`(status: String, word: String) throws {
        let outcome = try run(status: status)
        #expect(outcome.exitCode == 1 && !outcome.error.contains(": s]"), "\(outcome)")
        #expect(try condition(outcome)?["reason"]?.string == status)
        #expect(try condition(outcome)?["status"]?.string == word)
    }

    @Test func `a task that is not there fails the run, and is told with its place`() throws {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              pipelineSpec:
                tasks:
                - {name: t, taskRef: {name: missing}}
            """,
            "-o",
            "json"
        ).finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(outcome.error.contains(":7:33: warning: no Task `missing`"), "\(outcome)")
        #expect(try condition(outcome)?["reason"]?.string == "CouldntGetTask")
    }

    @Test
    func `a param without a value is told with the flag that gives it, those of its tasks are not`()
        throws
    {
        let pipeline = """
            apiVersion: tekton.dev/v1
            kind: Pipeline
            metadata: {name: p}
            spec:
              params: [{name: who}]
              tasks:
              - name: t
                params: [{name: q, value: $(params.who)}]
                taskSpec:
                  params: [{name: q}]
                  steps: [{name: s, image: bash, script: "echo $(params.q)"}]
            """
        let outcome = try Run(pipeline, "-o", "json").finish()
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("give it with `-p who=VALUE`"), "\(outcome)")
        #expect(try condition(outcome)?["reason"]?.string == "ParameterMissing")
        let given = try Run(pipeline, "-p", "who=me").finish()
        #expect(given.exitCode == 0 && given.output == "[t : s] me\n", "\(given)")
        #expect(!given.error.contains("neither a value"), "\(given)")
        let near = try Run(pipeline, "-p", "woh=me").finish()
        #expect(near.exitCode == 2 && near.error.contains("did you mean `who`?"), "\(near)")
    }

    @Test func `a class that the store refuses keeps every task from running`() throws {
        let outcome = try Run(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: c}
            spec:
              provider: vault
              parameters:
                roleName: ci
                objects: |
                  - {objectName: token, secretPath: secret/data/x, secretKey: token}
            ---
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              pipelineSpec:
                tasks:
                - {name: t, taskSpec: {steps: [{name: s, image: bash, script: "echo t"}]}}
                - name: u
                  runAfter: [t]
                  taskSpec:
                    volumes:
                    - name: v
                      csi:
                        driver: secrets-store.csi.k8s.io
                        readOnly: true
                        volumeAttributes: {secretProviderClass: c}
                    steps:
                    - name: s
                      image: bash
                      volumeMounts: [{name: v, mountPath: /mnt/secrets}]
                      script: "echo u"
            """,
            "-o",
            "json",
            "--store",
            "local"
        ).finish()
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(!outcome.error.contains(": s]"))
        #expect(try condition(outcome)?["reason"]?.string == "CreateContainerConfigError")
    }

    @Test func `a List holds the run and then what it made, pipelines within it too`() throws {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              pipelineSpec:
                tasks:
                - name: inner
                  pipelineSpec:
                    tasks:
                    - {name: t, taskSpec: {steps: [{name: s, image: bash, script: "true"}]}}
                - name: last
                  runAfter: [inner]
                  taskSpec: {steps: [{name: s, image: bash, script: "true"}]}
            """,
            "-o",
            "json",
            "--children",
            "--api",
            "alpha"
        ).finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let items = try JSONValue.parse(Array(outcome.output.utf8))["items"]?.array ?? []
        let names = items.map {
            "\($0["kind"]?.string ?? "") \($0["metadata"]?["name"]?.string ?? "")"
        }
        #expect(
            names == [
                "PipelineRun p", "PipelineRun p-inner", "TaskRun p-inner-t", "TaskRun p-last",
            ]
        )
    }
}
