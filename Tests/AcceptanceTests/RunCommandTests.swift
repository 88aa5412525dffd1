// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

@Suite("tacit run")
struct RunCommandTests {
    private func taskRun(_ name: String, script: String, timeout: String = "1h") -> String {
        """
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: \(name)}
        spec:
          timeout: \(timeout)
          taskSpec:
            steps: [{name: s, image: bash, script: "\(script)"}]
        ---

        """
    }

    private let task = """
        apiVersion: tekton.dev/v1
        kind: Task
        metadata: {name: greet}
        spec:
          params:
          - {name: who}
          - {name: list, type: array, default: []}
          - {name: pair, type: object, properties: {a: {}}, default: {a: x}}
          workspaces: [{name: source, optional: true}]
          steps:
          - name: s
            image: bash
            args: ["$(params.list[*])"]
            script: |
              #!/bin/bash
              echo "hello $(params.who) $* $(params.pair.a) $(workspaces.source.bound)"
        """

    @Test func `params and workspaces from the command line reach the Task`() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("from a file", to: "who")
        let run = try Run(
            task,
            "-p",
            "who=@\(file)",
            "-p",
            "list=1,2",
            "-p",
            "pair=a:y",
            "-w",
            "source=\(directory.path)"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output == "[s] hello from a file 1 2 y true\n")
    }

    @Test func `a misspelt param, workspace or Task is refused with the near one`() throws {
        let cases = [
            (["-p", "woh=x"], "did you mean `who`?"),
            (["-p", "who=x", "-w", "sorce=."], "did you mean `source`?"),
            (["--task", "great"], "did you mean `greet`?"),
        ]
        for (arguments, hint) in cases {
            var run = try Run(task)
            run.arguments += arguments
            let outcome = try run.finish()
            #expect(outcome.exitCode == 2, "\(outcome)")
            #expect(outcome.error.contains(hint), "\(outcome)")
        }
    }

    @Test func `a missing value fails the run as Tekton's controller does`() throws {
        let outcome = try Run(task, "-o", "json").finish()
        #expect(outcome.exitCode == 1)
        let status = try JSONValue.parse(Array(outcome.output.utf8))["status"]
        let condition = status?["conditions"]?.array?.first
        #expect(condition?["reason"]?.string == "TaskRunValidationFailed")
        #expect(
            condition?["message"]?.string
                == "[User error] invalid input params for task greet: missing values for these params "
                + "which have no default values: [who]"
        )
        let hint =
            "param `who` of Task `greet` has neither a value nor a default; give it with `-p who=VALUE`"
        #expect(outcome.error.contains(hint), "\(outcome)")
    }

    @Test func `several runs go one after another, and the first failure is the exit code`() throws
    {
        let run = try Run(
            taskRun("a", script: "echo a") + taskRun("b", script: "exit 3")
                + taskRun("c", script: "echo c"),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 1)
        let list = try JSONValue.parse(Array(outcome.output.utf8))
        let names = list["items"]?.array?.map { $0["metadata"]?["name"]?.string }
        #expect(names == ["a", "b", "c"])
        #expect(outcome.error.contains("[s] a\n"), "\(outcome)")
    }

    @Test func `a timeout ends with 124 and its own reason`() throws {
        let run = try Run(taskRun("t", script: "sleep 30", timeout: "300ms"), "-o", "json")
        let outcome = try run.finish(limit: .seconds(10))
        #expect(outcome.exitCode == 124)
        #expect(outcome.output.contains("TaskRunTimeout"))
        #expect(try run.leaks(of: "no-such-canary", in: outcome) == [])
    }

    @Test func `a dry run resolves everything and fetches and runs nothing`() throws {
        let run = try Run(task, "-p", "who=you", "--dry-run", "-o", "json")
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let spec = try JSONValue.parse(Array(outcome.output.utf8))["status"]?["taskSpec"]
        let script = spec?["steps"]?.array?.first?["script"]?.string
        #expect(script?.contains("hello you") == true)
        #expect(!FileStatus.isDirectory(run.directory.path("state")))
    }

    @Test func `standard input is a file too`() throws {
        let run = try Run("")
        var command = run.command
        command.arguments[2] = "-"
        command.input = taskRun("t", script: "echo from stdin")
        let outcome = try command.run()
        #expect(outcome.output == "[s] from stdin\n", "\(outcome)")
    }

    @Test func `events are JSON Lines on standard output`() throws {
        let outcome = try Run(taskRun("t", script: "echo x"), "-o", "events").finish()
        let kinds = try outcome.output.split(separator: "\n").map {
            try JSONValue.parse(Array($0.utf8))["event"]?.string
        }
        #expect(
            kinds == [
                "run.started", "taskrun.started", "step.started", "step.finished",
                "taskrun.finished", "run.finished",
            ]
        )
    }

    @Test func `a log directory of an earlier run is not overwritten`() throws {
        let run = try Run(taskRun("t", script: "echo x"))
        #expect(try run.finish().exitCode == 0)
        let again = try run.finish()
        #expect(again.exitCode == 2)
        #expect(again.error.contains("logs/t"), "\(again)")
        #expect(try run.log("t", "s") == "x\n")
        #expect(try FileStatus(of: run.directory.path("logs/t")).permissions == 0o700)
        #expect(try FileStatus(of: run.directory.path("logs/t/s.log")).permissions == 0o600)
    }

    @Test func `a tool that the host lacks is named with the image that would have brought it`()
        throws
    {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                steps:
                - {name: a, image: "example.com/tool:1", onError: continue, script: "no-such-tool x"}
                - {name: i, image: "example.com/script:3", script: "#!/opt/nope -x\\n"}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: u}
            spec:
              taskSpec:
                steps:
                - {name: b, image: "example.com/other:2", command: [/opt/other], args: [x]}
            """
        ).finish()
        #expect(outcome.exitCode == 1)
        #expect(
            outcome.error.contains(
                "this host has no `no-such-tool`; image `example.com/tool:1` would have brought it"
            ),
            "\(outcome)"
        )
        #expect(
            outcome.error.contains(
                "this host has no `/opt/nope`; image `example.com/script:3` would have brought it"
            ),
            "\(outcome)"
        )
        #expect(
            outcome.error.contains(
                "this host has no `/opt/other`; image `example.com/other:2` would have brought it"
            ),
            "\(outcome)"
        )
    }
}
