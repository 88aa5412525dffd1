// SPDX-License-Identifier: Apache-2.0

/// Cuts an expression into words.
struct Lexer {
    private let source: SourceScalars
    private var offset = 0
    private(set) var issues: IssueList

    private init(_ source: SourceScalars, _ issues: IssueList) {
        self.source = source
        self.issues = issues
    }

    /// All words; the last one is the end.
    static func tokens(of source: SourceScalars, issues: inout IssueList) -> [Token] {
        var lexer = Lexer(source, issues)
        var tokens: [Token] = []
        while let token = lexer.next() { tokens.append(token) }
        issues = lexer.issues
        tokens.append(Token(kind: .end, text: "<EOF>", offset: source.scalars.count))
        return tokens
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        let index = offset + ahead
        return index < source.scalars.count ? source.scalars[index] : nil
    }

    private mutating func next() -> Token? {
        skipBlanks()
        guard let first = peek() else { return nil }
        if let token = string() { return token }
        if first.isIdentifierStart { return word() }
        if first.isDigit || first == "." && (peek(1)?.isDigit ?? false) { return number() }
        if first == "`", let token = escapedIdentifier() { return token }
        return symbol() ?? unknown()
    }

    private mutating func skipBlanks() {
        while let scalar = peek() {
            if "\t \r\n\u{c}".unicodeScalars.contains(scalar) {
                offset += 1
            } else if scalar == "/", peek(1) == "/" {
                while let scalar = peek(), scalar != "\n" { offset += 1 }
            } else {
                return
            }
        }
    }

    private mutating func token(_ kind: Token.Kind, _ length: Int) -> Token {
        defer { offset += length }
        return Token(kind: kind, text: source.text(offset..<offset + length), offset: offset)
    }

    private mutating func word() -> Token {
        var length = 1
        while let scalar = peek(length), scalar.isIdentifierPart { length += 1 }
        let text = source.text(offset..<offset + length)
        let isWord = ["in", "true", "false", "null"].contains(text)
        return token(isWord ? .symbol : .identifier, length)
    }

    private mutating func number() -> Token {
        if peek() == "0", peek(1) == "x", peek(2)?.isHexDigit == true {
            var length = 2
            while peek(length)?.isHexDigit == true { length += 1 }
            return integer(length)
        }
        var length = digits(from: 0)
        var isDouble = false
        if peek(length) == ".", peek(length + 1)?.isDigit == true {
            isDouble = true
            length += 1
            length += digits(from: length)
        }
        if peek(length) == "e" || peek(length) == "E" {
            let hasSign = peek(length + 1) == "+" || peek(length + 1) == "-"
            let start = length + (hasSign ? 2 : 1)
            if peek(start)?.isDigit == true {
                isDouble = true
                length = start + digits(from: start)
            }
        }
        return isDouble ? token(.double, length) : integer(length)
    }

    private func digits(from start: Int) -> Int {
        var length = 0
        while peek(start + length)?.isDigit == true { length += 1 }
        return length
    }

    private mutating func integer(_ length: Int) -> Token {
        peek(length) == "u" || peek(length) == "U"
            ? token(.unsigned, length + 1) : token(.integer, length)
    }

    private mutating func escapedIdentifier() -> Token? {
        var length = 1
        while let scalar = peek(length),
            scalar.isIdentifierPart || ".-/ ".unicodeScalars.contains(scalar)
        { length += 1 }
        return length > 1 && peek(length) == "`" ? token(.escapedIdentifier, length + 1) : nil
    }

    private mutating func symbol() -> Token? {
        for symbol in ["==", "!=", "<=", ">=", "&&", "||"] {
            let scalars = Array(symbol.unicodeScalars)
            if peek() == scalars[0], peek(1) == scalars[1] { return token(.symbol, 2) }
        }
        guard let scalar = peek(), "<>[]{}().,-!?:+*/%".unicodeScalars.contains(scalar) else {
            return nil
        }
        return token(.symbol, 1)
    }

    /// A string or bytes, with their prefixes; nil where no string starts or where it has no end.
    private mutating func string() -> Token? {
        var length = 0
        let isBytes = peek() == "b" || peek() == "B"
        if isBytes { length += 1 }
        let isRaw = peek(length) == "r" || peek(length) == "R"
        if isRaw { length += 1 }
        guard let quote = peek(length), quote == "\"" || quote == "'" else { return nil }
        let isTriple = peek(length + 1) == quote && peek(length + 2) == quote
        let width = isTriple ? 3 : 1
        length += width
        while let scalar = peek(length) {
            if scalar == quote,
                !isTriple || (peek(length + 1) == quote && peek(length + 2) == quote)
            {
                return token(isBytes ? .bytes : .string, length + width)
            }
            if !isTriple, scalar == "\n" || scalar == "\r" { break }
            if !isRaw, scalar == "\\" {
                guard let escape = escapeLength(at: length) else { break }
                length += escape
            } else {
                length += 1
            }
        }
        return nil
    }

    private func escapeLength(at start: Int) -> Int? {
        guard let kind = peek(start + 1) else { return nil }
        func digits(_ count: Int) -> Int? {
            (0..<count).allSatisfy { peek(start + 2 + $0)?.isHexDigit == true } ? count + 2 : nil
        }
        switch kind {
        case "a", "b", "f", "n", "r", "t", "v", "\"", "'", "\\", "?", "`": return 2
        case "x", "X": return digits(2)
        case "u": return digits(4)
        case "U": return digits(8)
        case "0"..."3":
            let isOctal = (2...3).allSatisfy { ("0"..."7").contains(peek(start + $0) ?? "x") }
            return isOctal ? 4 : nil
        default: return nil
        }
    }

    private mutating func unknown() -> Token? {
        let start = offset
        offset += 1
        if source.scalars[start] == "\"" || source.scalars[start] == "'" {
            while let scalar = peek(), scalar != "\n" { offset += 1 }
        }
        issues.add(
            "Syntax error: token recognition error at: '\(source.text(start..<offset))'",
            at: start
        )
        return next()
    }
}
