// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics

/// Every command of `tacit`.
package struct CommandTable: Sendable {
    package let commands: [any Command]

    package init(_ commands: [any Command]) {
        self.commands = commands
    }

    /// What this version can do, in the order of `tacit help`.
    package static let all = CommandTable([
        RunCommand(),
        ValidateCommand(),
        CloneCommand(),
        MountCommand(),
        RedactCommand(),
        AuditLeaksCommand(),
        AuditAccessCommand(),
        SecretSetCommand(),
        SecretListCommand(),
        SecretDeleteCommand(),
        SecretImportCommand(),
        SecretCheckCommand(),
        CacheListCommand(),
        CachePruneCommand(),
        ConfigShowCommand(),
        TrustCommand(),
        DoctorCommand(),
        CompletionCommand(),
        HelpCommand(),
        VersionCommand(),
    ])

    /// The command of that name, of one word or two.
    package func command(named name: String) -> (any Command)? {
        commands.first { $0.name == name }
    }

    /// The commands whose name starts with that word and has another (`config` gives `config show`).
    package func group(_ word: String) -> [any Command] {
        commands.filter { $0.name.hasPrefix(word + " ") }
    }

    /// Finds the command that a command line names, and parses the rest of it.
    ///
    /// `words` is the command line without the program's own name; not empty.
    func resolve(
        _ words: [String]
    ) throws(CommandFailure) -> (command: any Command, arguments: Arguments) {
        let first = Self.aliases[words[0]] ?? words[0]
        if let command = command(named: first) {
            return (command, try ArgumentParser.parse(words.dropFirst(), for: command))
        }
        let group = group(first)
        if group.isEmpty { throw unknown(first, among: firstWords, in: nil) }
        if words.count > 1, Self.aliases[words[1]] == "help" {
            return try resolve(["help", first])
        }
        if words.count < 2 {
            let names = group.map { "`tacit \($0.name)`" }.joined(separator: ", ")
            throw .usage("`tacit \(first)` needs to be told what to do", hint: "try \(names)")
        }
        guard let command = command(named: "\(first) \(words[1])") else {
            let seconds = group.map { String($0.name.dropFirst(first.count + 1)) }
            throw unknown(words[1], among: seconds, in: first)
        }
        return (command, try ArgumentParser.parse(words.dropFirst(2), for: command))
    }

    private static let aliases = ["--help": "help", "-h": "help", "--version": "version"]

    /// The first words of all names, each once.
    var firstWords: [String] {
        var words: [String] = []
        for command in commands {
            let word = String(command.name.prefix { $0 != " " })
            if words.last != word { words.append(word) }
        }
        return words
    }

    private func unknown(
        _ word: String,
        among candidates: [String],
        in group: String?
    ) -> CommandFailure {
        let prefix = group.map { $0 + " " } ?? ""
        let near = NearMiss.suggestion(for: word, among: candidates)
        return .usage(
            word.hasPrefix("-") ? "unknown flag `\(word)`" : "unknown command `\(prefix)\(word)`",
            hint: near.map { "did you mean `tacit \(prefix)\($0)`?" } ?? "see `tacit help`"
        )
    }
}
