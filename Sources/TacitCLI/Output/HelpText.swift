// SPDX-License-Identifier: Apache-2.0

/// The text of `tacit help`, made from the table of commands.
enum HelpText {
    private static let widthLimit = 100

    /// The list of all commands.
    static func overview(_ commands: CommandTable) -> String {
        let rows = commands.commands.map { ($0.name, $0.summary) }
        return """
            tacit runs Tekton Tasks and Pipelines as local confined processes, and serves them their secrets as
            files that only their steps can see.

            Usage: tacit COMMAND [ARGUMENT]... [FLAG]...

            Commands:
            \(table(rows))
            Exit codes:
            \(table(ExitCode.allCases.map { (String($0.rawValue), $0.meaning) }))
            `tacit help COMMAND` tells more about a command.

            """
    }

    /// The commands that start with one word.
    static func group(_ word: String, _ commands: [any Command]) -> String {
        """
        Usage: tacit \(word) COMMAND [ARGUMENT]... [FLAG]...

        Commands:
        \(table(commands.map { ($0.name, $0.summary) }))
        `tacit help \(word) COMMAND` tells more about a command.

        """
    }

    /// One command with its flags.
    static func command(_ command: any Command) -> String {
        let operands = command.operands.map { " " + $0.usage }.joined()
        let flags = (command.flags + [.help]).map { (spelling(of: $0), description(of: $0)) }
        let details = command.details.isEmpty ? "" : "\n\(command.details)\n"
        return """
            tacit \(command.name): \(command.summary)

            Usage: tacit \(command.name)\(operands)\(command.flags.isEmpty ? "" : " [FLAG]...")
            \(details)
            Flags:
            \(table(flags))
            """
    }

    private static func spelling(of flag: Flag) -> String {
        let letter = flag.letter.map { "-\($0), " } ?? "    "
        return letter + "--\(flag.name)" + (flag.value.map { " \($0)" } ?? "")
    }

    private static func description(of flag: Flag) -> String {
        flag.summary + (flag.repeats ? "; may be repeated" : "")
    }

    /// Two columns, the second wrapped; each row ends in a line feed.
    private static func table(_ rows: [(String, String)]) -> String {
        let width = min(rows.map(\.0.count).max() ?? 0, 30)
        let indent = String(repeating: " ", count: width + 4)
        return rows.map { left, right in
            let lines = wrap(right, to: widthLimit - width - 4)
            let padding = String(repeating: " ", count: max(0, width - left.count))
            let first = left.count > width ? "  \(left)\n\(indent)" : "  \(left)\(padding)  "
            return first + lines.joined(separator: "\n" + indent) + "\n"
        }.joined()
    }

    private static func wrap(_ text: String, to width: Int) -> [String] {
        var lines: [String] = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + word.count < width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
