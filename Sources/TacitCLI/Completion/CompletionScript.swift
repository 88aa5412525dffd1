// SPDX-License-Identifier: Apache-2.0

/// The scripts that complete tacit's command line, made from the table of commands.
struct CompletionScript {
    let commands: CommandTable

    init(_ commands: CommandTable) {
        self.commands = commands
    }

    /// The words that may come first, each with the summary of its command, or of its group.
    var firstWords: [(word: String, summary: String)] {
        commands.firstWords.map { word in
            if let command = commands.command(named: word) { return (word, command.summary) }
            let seconds = commands.group(word).map { $0.name.dropFirst(word.count + 1) }
            return (word, seconds.joined(separator: ", "))
        }
    }

    /// The first words of commands that have two, with those two-word commands.
    var groups: [(word: String, commands: [any Command])] {
        commands.firstWords.compactMap { word in
            let group = commands.group(word)
            return group.isEmpty ? nil : (word, group)
        }
    }

    /// The second word of a command's name.
    static func secondWord(of command: any Command) -> String {
        String(command.name.drop { $0 != " " }.dropFirst())
    }

    static func flags(of command: any Command) -> [Flag] { command.flags + [.help] }

    /// What is offered where an operand goes.
    static func operandCompletion(of command: any Command) -> Completion {
        command.operands.first?.completion ?? .nothing
    }
}
