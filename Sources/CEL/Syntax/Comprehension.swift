// SPDX-License-Identifier: Apache-2.0

/// One of the macros that go through a list or the keys of a map.
struct Comprehension: Sendable {
    enum Kind: Sendable {
        case all
        case exists
        case existsOne
        case map
        case filter
    }

    var kind: Kind
    var range: Expression
    var variable: String
    /// What an element must fulfil; nil for a `map` of two arguments.
    var predicate: Expression?
    /// What a `map` makes of an element.
    var transform: Expression?
}
