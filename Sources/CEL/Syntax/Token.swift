// SPDX-License-Identifier: Apache-2.0

/// A word of an expression.
struct Token: Sendable {
    enum Kind: Sendable, Hashable {
        case identifier
        case escapedIdentifier
        case integer
        case unsigned
        case double
        case string
        case bytes
        /// An operator, a bracket, or one of the words `in`, `true`, `false`, `null`.
        case symbol
        case end
    }

    var kind: Kind
    var text: String
    var offset: Int

    func `is`(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}
