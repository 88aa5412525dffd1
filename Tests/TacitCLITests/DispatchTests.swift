// SPDX-License-Identifier: Apache-2.0
import Platform
import TacitCLI
import Testing

@testable import TacitCLI

@Suite struct DispatchTests {
    private struct Surprise: Error, CustomStringConvertible {
        let description = "no such luck"
    }

    private let table = CommandTable([
        HelpCommand(), ProbeCommand(), ProbeCommand(name: "config show"),
        ProbeCommand(name: "config check"),
    ])

    @Test func `without a command the list of commands is printed`() async {
        let result = await tacit()
        #expect(result.code == .success && result.error == "")
        #expect(result.output == HelpText.overview(.all))
        for spelling in ["help", "--help", "-h"] {
            #expect(await tacit(spelling).output == result.output)
        }
    }

    @Test func `the version is one line`() async {
        for spelling in ["version", "--version"] {
            let result = await tacit(spelling)
            #expect(result == (.success, "tacit 0.1.0\n", ""))
        }
    }

    @Test(arguments: [
        ("vresion", "unknown command `vresion`; did you mean `tacit version`?"),
        ("frobnicate", "unknown command `frobnicate`; see `tacit help`"),
        ("--nonsense", "unknown flag `--nonsense`; see `tacit help`"),
        ("", "unknown command ``; see `tacit help`"),
    ])
    func `an unknown command is refused`(word: String, message: String) async {
        #expect(await tacit(word) == (.wrongUsage, "", "error: \(message)\n"))
    }

    @Test func `a command of two words is found, and its group explains itself`() async {
        #expect(await tacit("config", "show", "x", commands: table).output == "[\"x\"] [] - - []\n")
        let alone = await tacit("config", commands: table)
        #expect(
            alone == (
                .wrongUsage, "",
                "error: `tacit config` needs to be told what to do;"
                    + " try `tacit config show`, `tacit config check`\n"
            )
        )
        let wrong = await tacit("config", "shwo", commands: table)
        #expect(
            wrong.error
                == "error: unknown command `config shwo`; did you mean `tacit config show`?\n"
        )
        let help = await tacit("help", "config", commands: table)
        #expect(help.output.contains("config show"))
        #expect(await tacit("config", "--help", commands: table) == help)
    }

    @Test func `help wins over everything else that is wrong`() async {
        let help = await tacit("help", "probe", commands: table)
        #expect(help.code == .success)
        #expect(await tacit("probe", "--help", commands: table) == help)
        #expect(await tacit("probe", "-h", "-n", "x", commands: table) == help)
        #expect(
            await tacit("help", "prob", commands: table).error.contains(
                "did you mean `tacit probe`?"
            )
        )
    }

    @Test func `the help of a command shows all of its flags`() async {
        #expect(
            await tacit("help", "probe", commands: table).output == """
                tacit probe: print what was given

                Usage: tacit probe [FILE]... [FLAG]...

                Flags:
                  -p, --param NAME=VALUE  many; may be repeated
                  -n, --name NAME         one
                  -o, --output FORMAT     choice
                  -v, --verbose           on
                      --dry-run           dry
                  -h, --help              show this help

                """
        )
    }

    @Test func `a failure is printed and gives the code`() async {
        for code in ExitCode.allCases {
            let failure = CommandFailure(code, "cannot `x`", hint: "do y")
            let result = await tacit(
                "probe",
                commands: CommandTable([ProbeCommand(failure: failure)])
            )
            #expect(result == (code, "", "error: cannot `x`; do y\n"))
        }
    }

    @Test func `an unexpected error is one line and code 70`() async {
        let result = await tacit(
            "probe",
            commands: CommandTable([ProbeCommand(failure: Surprise())])
        )
        #expect(
            result == (
                .internalError, "",
                "error: internal error in `tacit probe`: no such luck;"
                    + " this is a bug of tacit's own; please report it\n"
            )
        )
    }

    @Test func `a command that starts steps says so before it runs, unless help is asked for`()
        throws
    {
        let dispatch = Dispatch(
            terminal: CapturedTerminal().terminal,
            environment: [:],
            commands: table
        )
        #expect(try dispatch.resolve(["probe"]).startsSteps)
        #expect(try !dispatch.resolve(["probe", "--dry-run"]).startsSteps)
        #expect(try !dispatch.resolve(["probe", "--help"]).startsSteps)
        #expect(try !dispatch.resolve(["help"]).startsSteps)
    }

    @Test func `a full disk behind standard output is no success`() async {
        let captured = CapturedTerminal()
        let terminal = Terminal(
            output: { _ throws(SystemError) in
                throw SystemError("write", on: "descriptor 1", .noSpace)
            },
            error: { [captured] bytes in try? captured.terminal.writeError(bytes) }
        )
        let dispatch = Dispatch(terminal: terminal, environment: [:])
        #expect(await dispatch.run(["version"]) == .hostLacking)
        #expect(captured.error == "error: standard output: No space left on device\n")
    }

    @Test func `a reader that went away is nobody's fault`() async {
        let terminal = Terminal(
            output: { _ throws(SystemError) in
                throw SystemError("write", on: "descriptor 1", .brokenPipe)
            },
            error: { _ in }
        )
        #expect(await Dispatch(terminal: terminal, environment: [:]).run(["version"]) == .success)
    }
}
