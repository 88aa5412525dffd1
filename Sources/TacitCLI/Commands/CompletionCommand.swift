// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics

/// `tacit completion SHELL`: the script that makes a shell complete tacit's command line.
struct CompletionCommand: Command {
    private static let shells = ["bash", "zsh", "fish"]

    let name = "completion"
    let summary = "print the completion script of a shell"
    let details = """
        bash:  tacit completion bash > /etc/bash_completion.d/tacit
        zsh:   tacit completion zsh > "${fpath[1]}/_tacit"
        fish:  tacit completion fish > ~/.config/fish/completions/tacit.fish
        """
    let operands = [Operand("bash|zsh|fish", completion: .words(CompletionCommand.shells))]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let shell = arguments.operands[0]
        let script = CompletionScript(context.commands)
        switch shell {
        case "bash": context.terminal.write(script.bash)
        case "zsh": context.terminal.write(script.zsh)
        case "fish": context.terminal.write(script.fish)
        default:
            let hint = NearMiss.hint(for: shell, among: Self.shells)
            throw CommandFailure.usage("no completion for shell `\(shell)`", hint: hint)
        }
        return .success
    }
}
