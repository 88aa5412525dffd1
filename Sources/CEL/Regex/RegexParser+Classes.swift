// SPDX-License-Identifier: Apache-2.0

extension RegexParser {
    /// What follows a backslash outside brackets.
    mutating func escape() throws(CELError) -> RegexNode {
        guard let kind = peek(1) else {
            throw CELError("error parsing regexp: trailing backslash at end of expression: ``")
        }
        let assertions: [Unicode.Scalar: RegexAssertion] = [
            "A": .textStart, "z": .textEnd, "b": .wordBoundary, "B": .noWordBoundary,
        ]
        if let assertion = assertions[kind] {
            offset += 2
            return .check(assertion)
        }
        if kind == "Q" { return quoted() }
        if let set = try classEscape() { return self.set(set) }
        return set(.only(try characterEscape()))
    }

    /// `\Q...\E`: characters as they are.
    private mutating func quoted() -> RegexNode {
        offset += 2
        var nodes: [RegexNode] = []
        while let scalar = peek(), !take("\\E") {
            nodes.append(set(.only(scalar)))
            offset += 1
        }
        return .sequence(nodes)
    }

    /// `\d`, `\pL` and their like; nil where something else stands here.
    private mutating func classEscape() throws(CELError) -> ScalarSet? {
        guard let kind = peek(1) else { return nil }
        let classes: [Unicode.Scalar: ScalarSet] = [
            "d": .digits, "D": ScalarSet.digits.negated, "w": .word, "W": ScalarSet.word.negated,
            "s": .space, "S": ScalarSet.space.negated,
        ]
        if let set = classes[kind] {
            offset += 2
            return set
        }
        guard kind == "p" || kind == "P" else { return nil }
        let start = offset
        offset += 2
        var name = peek().map { String($0) } ?? ""
        offset = min(offset + 1, scalars.count)
        if name == "{" {
            guard let end = scalars[offset...].firstIndex(of: "}") else {
                throw problem("invalid character class range", text(start..<scalars.count))
            }
            name = text(offset..<end)
            offset = end + 1
        }
        let isNegated = name.hasPrefix("^")
        if isNegated { name.removeFirst() }
        guard ScalarSet.categories.contains(name) || name == "Any" else {
            throw problem("invalid character class range", text(start..<offset))
        }
        let set = name == "Any" ? ScalarSet.any : ScalarSet(category: name)
        return (kind == "P") != isNegated ? set.negated : set
    }

    /// A single character after a backslash.
    private mutating func characterEscape() throws(CELError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        guard let kind = peek() else {
            throw CELError("error parsing regexp: trailing backslash at end of expression: ``")
        }
        offset += 1
        let named: [Unicode.Scalar: Unicode.Scalar] = [
            "a": "\u{7}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{b}",
        ]
        if let scalar = named[kind] { return scalar }
        var value: UInt32?
        if kind == "x" {
            value = hexadecimal()
        } else if ("0"..."7").contains(kind), kind == "0" || ("0"..."7").contains(peek() ?? "x") {
            value = kind.hexValue
            while let digit = peek(), ("0"..."7").contains(digit), offset < start + 4 {
                value = (value ?? 0) * 8 + (digit.hexValue ?? 0)
                offset += 1
            }
        } else if kind.isASCII, !kind.isIdentifierPart || kind == "_" {
            value = kind.value
        }
        guard let value, let scalar = Unicode.Scalar(value) else {
            throw problem("invalid escape sequence", text(start..<offset))
        }
        return scalar
    }

    /// The digits after `\x`: two, or any number in braces.
    private mutating func hexadecimal() -> UInt32? {
        var digits = ""
        if take("{") {
            while let digit = peek(), digit.isHexDigit {
                digits.unicodeScalars.append(digit)
                offset += 1
            }
            return take("}") ? UInt32(digits, radix: 16) : nil
        }
        while digits.count < 2, let digit = peek(), digit.isHexDigit {
            digits.unicodeScalars.append(digit)
            offset += 1
        }
        return digits.count == 2 ? UInt32(digits, radix: 16) : nil
    }

    /// `[...]`.
    mutating func bracket() throws(CELError) -> RegexNode {
        let start = offset
        offset += 1
        var set = ScalarSet()
        set.isNegated = take("^")
        var isFirst = true
        while isFirst || peek() != "]" {
            guard peek() != nil else {
                throw problem("missing closing ]", text(start..<scalars.count))
            }
            isFirst = false
            if let part = try posixClass() {
                set.parts.append(part)
            } else if peek() == "\\", let part = try classEscape() {
                set.parts.append(part)
            } else {
                set.ranges.append(try range(from: start))
            }
        }
        offset += 1
        return self.set(set)
    }

    /// `[:alpha:]` or `[:^alpha:]`.
    private mutating func posixClass() throws(CELError) -> ScalarSet? {
        guard peek() == "[", peek(1) == ":" else { return nil }
        let rest = scalars[(offset + 2)...]
        guard
            let end = rest.indices.dropLast().first(where: {
                rest[$0] == ":" && rest[$0 + 1] == "]"
            })
        else { return nil }
        var name = text(offset + 2..<end)
        let isNegated = name.hasPrefix("^")
        if isNegated { name.removeFirst() }
        guard let set = ScalarSet.posix[name] else {
            throw problem("invalid character class range", text(offset..<end + 2))
        }
        offset = end + 2
        return isNegated ? set.negated : set
    }

    private mutating func range(from start: Int) throws(CELError) -> ClosedRange<UInt32> {
        let begin = offset
        let low = try classCharacter(from: start)
        guard peek() == "-", let next = peek(1), next != "]" else { return low.value...low.value }
        offset += 1
        let high = try classCharacter(from: start)
        guard low <= high else {
            throw problem("invalid character class range", text(begin..<offset))
        }
        return low.value...high.value
    }

    private mutating func classCharacter(from start: Int) throws(CELError) -> Unicode.Scalar {
        guard let scalar = peek() else {
            throw problem("missing closing ]", text(start..<scalars.count))
        }
        if scalar == "\\" { return try characterEscape() }
        offset += 1
        return scalar
    }
}
