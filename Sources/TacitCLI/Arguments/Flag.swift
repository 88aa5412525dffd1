// SPDX-License-Identifier: Apache-2.0

/// One flag of a command, as data.
package struct Flag: Sendable, Hashable {
    /// Without dashes (`dry-run`).
    package let name: String
    /// The one-letter form; `nil` where there is none.
    package let letter: Character?
    /// What its value is called in help (`NAME=VALUE`); `nil` for a switch.
    package let value: String?
    /// Whether it may be given several times.
    package let repeats: Bool
    /// The only values that it takes; empty for any.
    package let choices: [String]
    /// What it does: a phrase, lower case, no full stop.
    package let summary: String
    package let completion: Completion

    /// A flag with a value.
    package init(
        _ name: String,
        _ letter: Character? = nil,
        value: String,
        repeats: Bool = false,
        choices: [String] = [],
        completion: Completion = .nothing,
        summary: String
    ) {
        self.name = name
        self.letter = letter
        self.value = value
        self.repeats = repeats
        self.choices = choices
        self.summary = summary
        self.completion = choices.isEmpty ? completion : .words(choices)
    }

    /// A switch.
    package init(_ name: String, _ letter: Character? = nil, summary: String) {
        self.name = name
        self.letter = letter
        self.summary = summary
        value = nil
        repeats = false
        choices = []
        completion = .nothing
    }

    /// Every command has it.
    package static let help = Flag("help", "h", summary: "show this help")
}
