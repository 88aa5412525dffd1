// SPDX-License-Identifier: Apache-2.0

/// A flag's value of the form `NAME=VALUE`.
package struct NamedArgument: Sendable, Hashable {
    package let name: String
    /// Everything after the first `=`; may be empty.
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Reads every value of a repeated flag; a name that stands twice, or is missing, is wrong usage.
    static func all(
        of flag: Flag,
        in arguments: Arguments
    ) throws(CommandFailure) -> [NamedArgument] {
        var named: [NamedArgument] = []
        for text in arguments.values(of: flag) {
            let spelling = flag.letter.map { "-\($0)" } ?? "--\(flag.name)"
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                // What stands there may be a value whose name was forgotten, a secret even.
                throw .usage("`\(spelling)` takes \(flag.value ?? "NAME=VALUE")")
            }
            let argument = NamedArgument(name: String(parts[0]), value: String(parts[1]))
            if named.contains(where: { $0.name == argument.name }) {
                throw .usage("`\(spelling) \(argument.name)=...` is given twice")
            }
            named.append(argument)
        }
        return named
    }
}
