// SPDX-License-Identifier: Apache-2.0
import Tekton
import Testing

@testable import TacitCLI

@Suite struct RunArgumentsTests {
    private struct RunProbe: Command {
        let name = "run"
        let summary = "run"
        let operands = [Operand("FILE", .zeroOrMore)]
        let flags = RunFlags.all

        func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
            .success
        }
    }

    private func parse(_ words: String...) throws(CommandFailure) -> RunArguments {
        try RunArguments(try ArgumentParser.parse(words[...], for: RunProbe()))
    }

    @Test func `every flag arrives`() throws {
        let run = try parse(
            "a.yaml",
            "-p",
            "v=1=2",
            "-p",
            "k=@key.pem",
            "-w",
            "src=.",
            "-w",
            "tmp=emptyDir",
            "-w",
            "s=secret:x",
            "-w",
            "c=config:y",
            "-s",
            "sa",
            "-n",
            "ns",
            "--task",
            "t",
            "--timeout",
            "1h30m",
            "--dry-run",
            "--store",
            "local",
            "--log-dir",
            "logs",
            "-o",
            "events",
            "--timestamps",
            "--api",
            "alpha",
            "b.yaml"
        )
        #expect(run.files == ["a.yaml", "b.yaml"])
        #expect(run.params.map(\.name) == ["v", "k"])
        #expect(run.params.map(\.source) == [.text("1=2"), .file("key.pem")])
        #expect(run.workspaces.map(\.name) == ["src", "tmp", "s", "c"])
        #expect(
            run.workspaces.map(\.source) == [
                .directory("."), .emptyDirectory, .secret("x"), .configMap("y"),
            ]
        )
        #expect(
            run.serviceAccount == "sa" && run.namespace == "ns" && run.task == "t"
                && run.pipeline == nil
        )
        #expect(run.timeout == GoDuration(seconds: 5400) && run.isDryRun && run.usesLocalStore)
        #expect(
            run.logDirectory == "logs" && run.output == .events && run.hasTimestamps
        )
        #expect(run.api == "alpha")
    }

    @Test func `nothing given means the defaults`() throws {
        let run = try parse()
        #expect(run.files == [] && run.params.isEmpty && run.timeout == nil && run.output == nil)
        #expect(!run.isDryRun && !run.usesLocalStore && run.api == nil && run.namespace == nil)
    }

    @Test(arguments: [
        (["-p", "hunter2"], "`-p` takes NAME=VALUE"), (["-p", "=x"], "`-p` takes NAME=VALUE"),
        (["-p", "a=1", "-p", "a=2"], "`-p a=...` is given twice"),
        (["-w", "a="], "workspace `a` is bound to nothing"),
        (["-w", "a=secret:"], "workspace `a`: `secret:` lacks a name"),
        (["--task", "a", "--pipeline", "b"], "`--task` and `--pipeline` exclude each other"),
        (
            ["--timeout", "soon"],
            "`--timeout` takes a duration such as `1h30m` or `90s`, not `soon`"
        ),
        (["--timeout", "-1s"], "`--timeout` takes a duration such as `1h30m` or `90s`, not `-1s`"),
        (["--timeout", "90"], "`--timeout` takes a duration such as `1h30m` or `90s`, not `90`"),
    ])
    func `what cannot be meant is refused`(words: [String], message: String) throws {
        let arguments = try ArgumentParser.parse(words[...], for: RunProbe())
        let failure = #expect(throws: CommandFailure.self) { try RunArguments(arguments) }
        #expect(failure?.message == message && failure?.code == .wrongUsage)
    }
}
