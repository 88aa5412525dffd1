// SPDX-License-Identifier: Apache-2.0

/// Reads an expression by CEL's grammar, and expands its macros.
///
/// Source: `CEL.g4` of cel-go. The first syntax error ends the reading; cel-go goes on and guesses.
struct Parser {
    /// The text cannot be read further; the issue is noted.
    struct Stop: Error {}

    private let tokens: [Token]
    private var index = 0
    private(set) var issues: IssueList
    private var depth = 0

    private init(_ tokens: [Token], _ issues: IssueList) {
        self.tokens = tokens
        self.issues = issues
    }

    /// The expression; nil where it has a syntax error, which is then among the issues.
    static func parse(_ source: SourceScalars, issues: inout IssueList) -> Expression? {
        guard source.scalars.count <= sizeLimit else {
            issues.add(
                "expression code point size exceeds limit: size: \(source.scalars.count),"
                    + " limit \(sizeLimit)",
                at: 0
            )
            return nil
        }
        let tokens = Lexer.tokens(of: source, issues: &issues)
        var parser = Parser(tokens, issues)
        defer { issues = parser.issues }
        do throws(Stop) {
            let expression = try parser.expression()
            guard parser.token.kind == .end else {
                let isLast = parser.index + 1 == tokens.count - 1
                throw parser.syntaxError(
                    "\(isLast ? "extraneous" : "mismatched") input '\(parser.token.text)' expecting <EOF>"
                )
            }
            return expression
        } catch {
            return nil
        }
    }

    private static let sizeLimit = 100_000
    /// How deep brackets and chains of operators may go.
    private static let depthLimit = 250

    var token: Token { tokens[index] }
    var following: Token { tokens[min(index + 1, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> Token {
        defer { if index < tokens.count - 1 { index += 1 } }
        return token
    }

    mutating func take(_ symbol: String) -> Token? {
        token.is(symbol) ? advance() : nil
    }

    mutating func expect(_ symbol: String) throws(Stop) -> Token {
        if let token = take(symbol) { return token }
        throw syntaxError("mismatched input '\(token.text)' expecting '\(symbol)'")
    }

    mutating func report(_ message: String, at offset: Int) { issues.add(message, at: offset) }

    mutating func syntaxError(_ message: String) -> Stop {
        issues.add("Syntax error: \(message)", at: token.offset)
        return Stop()
    }

    mutating func deepen() throws(Stop) {
        depth += 1
        guard depth <= Self.depthLimit else {
            issues.add("expression recursion limit exceeded: \(Self.depthLimit)", at: token.offset)
            throw Stop()
        }
    }

    mutating func expression() throws(Stop) -> Expression {
        try deepen()
        defer { depth -= 1 }
        let condition = try logic(isAnd: false)
        guard let mark = take("?") else { return condition }
        let first = try logic(isAnd: false)
        _ = try expect(":")
        let second = try expression()
        return .call("_?_:_", target: nil, [condition, first, second], at: mark.offset)
    }

    private mutating func logic(isAnd: Bool) throws(Stop) -> Expression {
        var terms = [try isAnd ? relation() : logic(isAnd: true)]
        var offset: Int?
        while let mark = take(isAnd ? "&&" : "||") {
            offset = offset ?? mark.offset
            terms.append(try isAnd ? relation() : logic(isAnd: true))
        }
        return offset.map { .logic(isAnd: isAnd, terms, at: $0) } ?? terms[0]
    }

    /// A chain of operators of one rank, from the left.
    private mutating func chain(
        _ functions: [String: String],
        of operand: (inout Parser) throws(Stop) -> Expression
    ) throws(Stop) -> Expression {
        let start = depth
        defer { depth = start }
        var left = try operand(&self)
        while token.kind == .symbol, let function = functions[token.text] {
            try deepen()
            let mark = advance()
            let right = try operand(&self)
            left = .call(function, target: nil, [left, right], at: mark.offset)
        }
        return left
    }

    private mutating func relation() throws(Stop) -> Expression {
        try chain(Self.relations) { parser throws(Stop) in try parser.sum() }
    }

    private mutating func sum() throws(Stop) -> Expression {
        try chain(Self.sums) { parser throws(Stop) in try parser.product() }
    }

    private mutating func product() throws(Stop) -> Expression {
        try chain(Self.products) { parser throws(Stop) in try parser.unary() }
    }

    private static let relations = [
        "<": "_<_", "<=": "_<=_", ">=": "_>=_", ">": "_>_", "==": "_==_", "!=": "_!=_", "in": "@in",
    ]
    private static let sums = ["+": "_+_", "-": "_-_"]
    private static let products = ["*": "_*_", "/": "_/_", "%": "_%_"]

    private mutating func unary() throws(Stop) -> Expression {
        let symbol = token.text
        let isSignOfNumber = [.integer, .double].contains(following.kind)
        guard token.is("!") || token.is("-") && !isSignOfNumber else { return try member() }
        let offset = token.offset
        var count = 0
        while token.is(symbol), symbol == "!" || ![.integer, .double].contains(following.kind) {
            advance()
            count += 1
        }
        let operand = try member()
        if count.isMultiple(of: 2) { return operand }
        return .call(symbol == "!" ? "!_" : "-_", target: nil, [operand], at: offset)
    }

    mutating func unwindingDepth<Result>(
        _ body: (inout Parser) throws(Stop) -> Result
    ) throws(Stop) -> Result {
        let start = depth
        defer { depth = start }
        return try body(&self)
    }
}
