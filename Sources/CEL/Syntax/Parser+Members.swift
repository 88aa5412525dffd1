// SPDX-License-Identifier: Apache-2.0

extension Parser {
    /// A primary with what follows it: fields, calls, indices.
    mutating func member() throws(Stop) -> Expression {
        try unwindingDepth { (parser: inout Parser) throws(Stop) in
            var value = try parser.primary()
            while true {
                if let point = parser.take(".") {
                    try parser.deepen()
                    value = try parser.field(of: value, after: point)
                } else if let bracket = parser.take("[") {
                    try parser.deepen()
                    if parser.take("?") != nil {
                        parser.report("unsupported syntax '[?'", at: bracket.offset)
                    }
                    let index = try parser.expression()
                    _ = try parser.expect("]")
                    value = .call("_[_]", target: nil, [value, index], at: bracket.offset)
                } else {
                    return value
                }
            }
        }
    }

    private mutating func field(of value: Expression, after point: Token) throws(Stop) -> Expression
    {
        if take("?") != nil { report("unsupported syntax '.?'", at: point.offset) }
        if token.kind == .escapedIdentifier {
            let name = String(advance().text.dropFirst().dropLast())
            return .select(value, field: name, isTest: false, at: point.offset)
        }
        guard token.kind == .identifier else {
            throw syntaxError(
                "no viable alternative at input '.\(token.kind == .end ? "" : token.text)'"
            )
        }
        let name = advance()
        guard let bracket = take("(") else {
            return .select(value, field: name.text, isTest: false, at: point.offset)
        }
        let arguments = try arguments()
        return macro(name.text, target: value, arguments, at: bracket.offset)
            ?? .call(name.text, target: value, arguments, at: bracket.offset)
    }

    /// The arguments of a call, its closing bracket included.
    private mutating func arguments() throws(Stop) -> [Expression] {
        if take(")") != nil { return [] }
        var arguments = [try expression()]
        while take(",") != nil { arguments.append(try expression()) }
        _ = try expect(")")
        return arguments
    }

    mutating func primary() throws(Stop) -> Expression {
        if take("(") != nil {
            let inner = try expression()
            _ = try expect(")")
            return inner
        }
        if let bracket = take("[") { return .list(try elements(), at: bracket.offset) }
        if let bracket = take("{") { return .map(try entries(), at: bracket.offset) }
        if token.is("."), following.kind == .identifier || token.kind == .identifier {
            advance()
            return try identifier(prefix: ".")
        }
        return token.kind == .identifier ? try identifier(prefix: "") : try literal()
    }

    private mutating func elements() throws(Stop) -> [Expression] {
        var elements: [Expression] = []
        while take("]") == nil {
            if let mark = take("?") { report("unsupported syntax '?'", at: mark.offset) }
            elements.append(try expression())
            if take(",") == nil {
                _ = try expect("]")
                break
            }
        }
        return elements
    }

    private mutating func entries() throws(Stop) -> [Expression.MapEntry] {
        var entries: [Expression.MapEntry] = []
        while take("}") == nil {
            if let mark = take("?") { report("unsupported syntax '?'", at: mark.offset) }
            let key = try expression()
            _ = try expect(":")
            entries.append(Expression.MapEntry(key: key, value: try expression()))
            if take(",") == nil {
                _ = try expect("}")
                break
            }
        }
        return entries
    }

    private mutating func identifier(prefix: String) throws(Stop) -> Expression {
        let name = advance()
        if Self.reserved.contains(name.text) {
            report("reserved identifier: \(name.text)", at: name.offset)
        }
        if let bracket = take("(") {
            let arguments = try arguments()
            return macro(prefix + name.text, target: nil, arguments, at: bracket.offset)
                ?? .call(prefix + name.text, target: nil, arguments, at: bracket.offset)
        }
        if let message = try message(startingWith: prefix + name.text, at: name.offset) {
            return message
        }
        return .identifier(prefix + name.text, at: name.offset)
    }

    /// `name.of.Message{field: value}`, where one follows.
    private mutating func message(
        startingWith first: String,
        at offset: Int
    ) throws(Stop) -> Expression? {
        var ahead = self
        var name = first
        while ahead.token.is("."), ahead.following.kind == .identifier {
            ahead.advance()
            name += "." + ahead.advance().text
        }
        guard let bracket = ahead.take("{") else { return nil }
        self = ahead
        while take("}") == nil {
            guard token.kind == .identifier else {
                throw syntaxError("mismatched input '\(token.text)' expecting IDENTIFIER")
            }
            advance()
            _ = try expect(":")
            _ = try expression()
            if take(",") == nil {
                _ = try expect("}")
                break
            }
        }
        return .message(name, at: bracket.offset)
    }

    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop",
        "package", "namespace", "return", "var", "void", "while",
    ]
}
