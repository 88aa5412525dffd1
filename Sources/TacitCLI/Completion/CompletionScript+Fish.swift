// SPDX-License-Identifier: Apache-2.0

extension CompletionScript {
    /// For fish 3 or later.
    var fish: String {
        var lines = ["# fish completion for tacit", "complete -c tacit -f"]
        for (word, summary) in firstWords {
            lines.append(
                "complete -c tacit -n __fish_use_subcommand -a \(word) -d \(quote(summary))"
            )
        }
        for (word, commands) in groups {
            let seconds = commands.map(Self.secondWord)
            let others = "not __fish_seen_subcommand_from \(seconds.joined(separator: " "))"
            for command in commands {
                let condition = quote("__fish_seen_subcommand_from \(word); and \(others)")
                let second = Self.secondWord(of: command)
                lines.append(
                    "complete -c tacit -n \(condition) -a \(second) -d \(quote(command.summary))"
                )
            }
        }
        for command in commands.commands { lines += fishLines(command) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func fishLines(_ command: any Command) -> [String] {
        let words = command.name.split(separator: " ")
        let condition = quote(
            words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
        )
        let start = "complete -c tacit -n \(condition)"
        var lines = Self.flags(of: command).map { flag in
            let letter = flag.letter.map { " -s \($0)" } ?? ""
            let value = flag.value == nil ? "" : " -x" + fishOffer(flag.completion)
            return "\(start)\(letter) -l \(flag.name)\(value) -d \(quote(flag.summary))"
        }
        switch Self.operandCompletion(of: command) {
        case .nothing: break
        case .files: lines.append("\(start) -F")
        case let completion: lines.append(start + fishOffer(completion))
        }
        return lines
    }

    private func fishOffer(_ completion: Completion) -> String {
        switch completion {
        case .nothing: ""
        case .files: " -F"
        case .directories: " -a '(__fish_complete_directories)'"
        case .words(let words): " -a \(quote(words.joined(separator: " ")))"
        case .commands: " -a \(quote(firstWords.map(\.word).joined(separator: " ")))"
        }
    }

    private func quote(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
