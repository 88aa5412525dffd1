// SPDX-License-Identifier: Apache-2.0

/// A parsed expression, with the place that messages about it point to.
indirect enum Expression: Sendable {
    case literal(CELValue, at: Int)
    case identifier(String, at: Int)
    /// A field of a value; with `isTest`, whether it has that field: `has(value.field)`.
    case select(Expression, field: String, isTest: Bool, at: Int)
    /// A function by cel-go's name for it; operators have names such as `_+_`.
    case call(String, target: Expression?, [Expression], at: Int)
    /// A chain of `&&`, or of `||`.
    case logic(isAnd: Bool, [Expression], at: Int)
    case list([Expression], at: Int)
    case map([MapEntry], at: Int)
    case message(String, at: Int)
    case comprehension(Comprehension, at: Int)

    struct MapEntry: Sendable {
        var key: Expression
        var value: Expression
    }

    var offset: Int {
        switch self {
        case .literal(_, let offset), .identifier(_, let offset), .select(_, _, _, let offset),
            .call(_, _, _, let offset), .logic(_, _, let offset), .list(_, let offset),
            .map(_, let offset), .message(_, let offset), .comprehension(_, let offset):
            offset
        }
    }
}
