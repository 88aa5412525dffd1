// SPDX-License-Identifier: Apache-2.0

/// What a command was given, checked against its table.
package struct Arguments: Sendable, Hashable {
    /// What is no flag, in order.
    package internal(set) var operands: [String] = []
    /// The values of each flag by its name, in order; a switch that is on has one empty value.
    private var given: [String: [String]] = [:]

    package init() {}

    /// Whether a switch is on, or a flag with a value was given.
    package func has(_ flag: Flag) -> Bool { given[flag.name] != nil }

    /// The value of a flag that does not repeat; `nil` when it was not given.
    package func value(of flag: Flag) -> String? { given[flag.name]?.last }

    /// Every value of a flag that repeats, in order.
    package func values(of flag: Flag) -> [String] { given[flag.name] ?? [] }

    mutating func add(_ value: String, to flag: Flag) {
        given[flag.name, default: []].append(value)
    }

    mutating func turnOff(_ flag: Flag) {
        given[flag.name] = nil
    }
}
