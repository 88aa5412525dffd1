// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics

/// Reads a command's arguments by its table, with the habits of kubectl and tkn.
///
/// Flags and operands mix freely; `--flag value`, `--flag=value`, `-f value`, `-f=value`, `-fvalue`;
/// `--` ends the flags; a lone `-` is an operand; letters of switches may be joined.
struct ArgumentParser {
    private let command: any Command
    private let flags: [Flag]
    private var rest: ArraySlice<String>
    private var arguments = Arguments()
    private var seen: Set<String> = []

    private init(_ words: ArraySlice<String>, for command: any Command) {
        self.command = command
        flags = command.flags + [.help]
        rest = words
    }

    /// Parses what follows the command's name.
    ///
    /// When `--help` is among the arguments nothing else is checked.
    static func parse(
        _ words: ArraySlice<String>,
        for command: any Command
    ) throws(CommandFailure) -> Arguments {
        var parser = ArgumentParser(words, for: command)
        while let word = parser.rest.popFirst() {
            if word == "--" {
                parser.arguments.operands += parser.rest
                break
            }
            try parser.take(word)
        }
        if !parser.arguments.has(.help) { try parser.checkOperands() }
        return parser.arguments
    }

    private mutating func take(_ word: String) throws(CommandFailure) {
        if word.hasPrefix("--") {
            try takeLong(word.dropFirst(2))
        } else if word.hasPrefix("-"), word.count > 1 {
            try takeLetters(word.dropFirst())
        } else {
            arguments.operands.append(word)
        }
    }

    private mutating func takeLong(_ text: Substring) throws(CommandFailure) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let flag = flags.first(where: { $0.name == name }) else {
            throw unknown(
                "--" + name,
                near: NearMiss.suggestion(for: name, among: flags.map(\.name))
            )
        }
        try set(flag, to: parts.count > 1 ? String(parts[1]) : nil, spelt: "--" + name)
    }

    private mutating func takeLetters(_ text: Substring) throws(CommandFailure) {
        var letters = text
        while let letter = letters.popFirst() {
            let spelling = "-\(letter)"
            guard let flag = flags.first(where: { $0.letter == letter }) else {
                // `-task` for `--task` is a common slip.
                let name = String(text.prefix { $0 != "=" })
                throw unknown(spelling, near: flags.first { $0.name == name }?.name)
            }
            if flag.value == nil && letters.first != "=" {
                try set(flag, to: nil, spelt: spelling)
                continue
            }
            let value = letters.first == "=" ? letters.dropFirst() : letters
            let isAttached = !letters.isEmpty
            return try set(flag, to: isAttached ? String(value) : nil, spelt: spelling)
        }
    }

    private mutating func set(
        _ flag: Flag,
        to value: String?,
        spelt spelling: String
    ) throws(CommandFailure) {
        if !seen.insert(flag.name).inserted && !flag.repeats {
            throw usage("flag `\(spelling)` is given twice")
        }
        guard let placeholder = flag.value else {
            return try setSwitch(flag, to: value, spelt: spelling)
        }
        guard let value = value ?? rest.popFirst() else {
            throw usage("flag `\(spelling)` needs a value: `\(spelling) \(placeholder)`")
        }
        if !flag.choices.isEmpty, !flag.choices.contains(value) {
            let choices = flag.choices.map { "`\($0)`" }.joined(separator: ", ")
            let hint = NearMiss.hint(for: value, among: flag.choices)
            throw usage("flag `\(spelling)` takes \(choices), not `\(value)`", hint: hint)
        }
        arguments.add(value, to: flag)
    }

    private mutating func setSwitch(
        _ flag: Flag,
        to value: String?,
        spelt spelling: String
    ) throws(CommandFailure) {
        switch value {
        case nil, "true": arguments.add("", to: flag)
        case "false": arguments.turnOff(flag)
        default: throw usage("flag `\(spelling)` is a switch and takes no value")
        }
    }

    private func checkOperands() throws(CommandFailure) {
        let lowest = command.operands.reduce(0) { $0 + $1.count.lowest }
        let isOpen = command.operands.contains { $0.count.highest == .max }
        let count = arguments.operands.count
        if count < lowest {
            let missing = command.operands[min(count, command.operands.count - 1)].name
            throw usage("`tacit \(command.name)` needs \(missing)")
        }
        if !isOpen, count > command.operands.count {
            let first = arguments.operands[command.operands.count]
            throw usage("`tacit \(command.name)` does not take `\(first)`")
        }
    }

    private func unknown(_ spelling: String, near name: String?) -> CommandFailure {
        usage(
            "unknown flag `\(spelling)` of `tacit \(command.name)`",
            hint: name.map { "did you mean `--\($0)`?" }
        )
    }

    private func usage(_ message: String, hint: String? = nil) -> CommandFailure {
        .usage(message, hint: hint ?? "see `tacit help \(command.name)`")
    }
}
