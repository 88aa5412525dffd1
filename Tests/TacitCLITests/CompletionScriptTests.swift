// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import TacitCLI

@Suite struct CompletionScriptTests {
    private let table = CommandTable([
        ProbeCommand(), ProbeCommand(name: "config show"), HelpCommand(),
    ])

    /// What bash offers for a command line whose last word is being typed.
    private func offers(_ words: String...) throws -> [String] {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let script =
            CompletionScript(table).bash + """
                COMP_WORDS=(tacit \(quoted)); COMP_CWORD=\(words.count); _tacit; printf '%s\\n' "${COMPREPLY[@]}"
                """
        let outcome = try TestSupport.Command(["bash", "-c", script]).run()
        #expect(outcome.exitCode == 0 && outcome.error == "")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    @Test func `bash offers commands, flags and values`() throws {
        #expect(try offers("") == ["probe", "config", "help"])
        #expect(try offers("pr") == ["probe"])
        #expect(try offers("config", "") == ["show"])
        #expect(try offers("probe", "--d") == ["--dry-run"])
        #expect(try offers("config", "show", "--o") == ["--output"])
        #expect(try offers("probe", "-o", "") == ["text", "json"])
        #expect(try offers("probe", "--output", "j") == ["json"])
        #expect(try offers("probe", "-n", "") == [])
        #expect(try offers("help", "p") == ["probe"])
    }

    @Test func `bash offers files where one goes`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "a b.yaml")
        #expect(try offers("probe", directory.path + "/") == [directory.path("a b.yaml")])
    }

    @Test func `zsh and fish know every command, flag and choice`() {
        let script = CompletionScript(table)
        for text in [script.zsh, script.fish] {
            for word in [
                "probe", "config", "show", "help", "output", "dry-run", "text json", "many",
            ] {
                #expect(text.contains(word))
            }
        }
        #expect(script.zsh.contains("'(-o --output)--output[choice]:FORMAT:(text json)'"))
        #expect(script.zsh.contains("'*-p[many]:NAME=VALUE: '"))
        #expect(script.fish.contains("-s o -l output -x -a 'text json' -d 'choice'"))
    }

    @Test func `each shell's script is printed, another is refused`() async {
        for (shell, start) in [("bash", "# bash"), ("zsh", "#compdef tacit"), ("fish", "# fish")] {
            let result = await tacit("completion", shell)
            #expect(result.code == .success && result.output.hasPrefix(start) && result.error == "")
        }
        let result = await tacit("completion", "bahs")
        #expect(
            result == (
                .wrongUsage, "", "error: no completion for shell `bahs`; did you mean `bash`?\n"
            )
        )
    }
}
