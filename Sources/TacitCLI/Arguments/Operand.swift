// SPDX-License-Identifier: Apache-2.0

/// What a command takes besides flags.
package struct Operand: Sendable, Hashable {
    package enum Count: Sendable, Hashable {
        case one
        case zeroOrOne
        case zeroOrMore
        case oneOrMore

        var lowest: Int { self == .one || self == .oneOrMore ? 1 : 0 }
        var highest: Int { self == .one || self == .zeroOrOne ? 1 : .max }
    }

    /// In capitals (`FILE`).
    package let name: String
    package let count: Count
    package let completion: Completion

    package init(_ name: String, _ count: Count = .one, completion: Completion = .files) {
        self.name = name
        self.count = count
        self.completion = completion
    }

    /// As a usage line shows it: `[FILE]...`.
    var usage: String {
        switch count {
        case .one: name
        case .zeroOrOne: "[\(name)]"
        case .zeroOrMore: "[\(name)]..."
        case .oneOrMore: "\(name)..."
        }
    }
}
