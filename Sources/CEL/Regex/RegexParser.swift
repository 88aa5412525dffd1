// SPDX-License-Identifier: Apache-2.0

/// Reads RE2's syntax.
struct RegexParser {
    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var pointTakesNewline = false
    }

    let scalars: [Unicode.Scalar]
    var offset = 0
    var flags = Flags()
    private var depth = 0

    private static let depthLimit = 200
    private static let repeatLimit = 1_000

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    mutating func parse() throws(CELError) -> RegexNode {
        let node = try alternatives()
        guard offset == scalars.count else { throw problem("unexpected )", wholePattern) }
        return node
    }

    var wholePattern: String { text(0..<scalars.count) }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    func problem(_ what: String, _ part: String) -> CELError {
        CELError("error parsing regexp: \(what): `\(part)`")
    }

    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        offset + ahead < scalars.count ? scalars[offset + ahead] : nil
    }

    mutating func take(_ expected: String) -> Bool {
        let wanted = Array(expected.unicodeScalars)
        guard scalars[offset...].starts(with: wanted) else { return false }
        offset += wanted.count
        return true
    }

    private mutating func alternatives() throws(CELError) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw problem("expression nests too deeply", wholePattern)
        }
        var nodes = [try sequence()]
        while take("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .either(nodes)
    }

    private mutating func sequence() throws(CELError) -> RegexNode {
        var nodes: [RegexNode] = []
        while let scalar = peek(), scalar != "|", scalar != ")" {
            let start = offset
            if "*+?".unicodeScalars.contains(scalar) {
                throw problem("missing argument to repetition operator", String(scalar))
            }
            let node = try atom()
            nodes.append(try repetition(of: node, from: start))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func repetition(
        of node: RegexNode,
        from start: Int
    ) throws(CELError) -> RegexNode {
        var node = node
        var last: Int?
        while let (least, most, length) = try bounds() {
            let mark = offset
            offset += length
            _ = take("?")
            if let last { throw problem("invalid nested repetition operator", text(last..<offset)) }
            last = mark
            let count = max(least, most ?? 1)
            guard count <= 1 || node.repeatWeight * count <= Self.repeatLimit else {
                throw problem("invalid repeat count", text(mark..<mark + length))
            }
            node = .repeated(node, atLeast: least, atMost: most)
        }
        return node
    }

    /// The repetition that stands here, and its length; nil where none does.
    private func bounds() throws(CELError) -> (least: Int, most: Int?, length: Int)? {
        switch peek() {
        case "*": return (0, nil, 1)
        case "+": return (1, nil, 1)
        case "?": return (0, 1, 1)
        case "{":
            guard let end = scalars[offset...].firstIndex(of: "}") else { return nil }
            let parts = text(offset + 1..<end).split(
                separator: ",",
                omittingEmptySubsequences: false
            )
            let isNumber = { (part: Substring) in
                !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
            guard parts.count <= 2, isNumber(parts[0]),
                parts.count < 2 || parts[1].isEmpty || isNumber(parts[1])
            else { return nil }
            let least = Int(parts[0]) ?? .max
            let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1]) ?? .max
            guard least <= Self.repeatLimit, (most ?? 0) <= Self.repeatLimit, most ?? least >= least
            else { throw problem("invalid repeat count", text(offset..<end + 1)) }
            return (least, most, end + 1 - offset)
        default: return nil
        }
    }

    func set(_ set: ScalarSet) -> RegexNode {
        var set = set
        set.ignoresCase = flags.ignoresCase
        return .one(of: set)
    }

    private mutating func atom() throws(CELError) -> RegexNode {
        guard let scalar = peek() else { return .empty }
        switch scalar {
        case "(": return try group()
        case "[": return try bracket()
        case "\\": return try escape()
        case ".":
            offset += 1
            return .one(of: flags.pointTakesNewline ? .any : .notNewline)
        case "^":
            offset += 1
            return .check(flags.isMultiline ? .lineStart : .textStart)
        case "$":
            offset += 1
            return .check(flags.isMultiline ? .lineEnd : .textEnd)
        default:
            offset += 1
            return set(.only(scalar))
        }
    }

    private mutating func group() throws(CELError) -> RegexNode {
        let start = offset
        let outer = flags
        offset += 1
        if take("?") {
            if take("P<") || take("<") {
                guard let end = scalars[offset...].firstIndex(of: ">"), end > offset,
                    scalars[offset..<end].allSatisfy(\.isIdentifierPart)
                else { throw problem("invalid named capture", text(start..<scalars.count)) }
                offset = end + 1
            } else if try setFlags(from: start) {
                return .empty
            }
        }
        let inner = try alternatives()
        guard take(")") else { throw problem("missing closing )", wholePattern) }
        flags = outer
        return inner
    }

    /// Reads `i-s:` of `(?i-s:...)`, or `i)` of `(?i)`; returns whether the group ends there.
    private mutating func setFlags(from start: Int) throws(CELError) -> Bool {
        var isOn = true
        while let scalar = peek() {
            offset += 1
            switch scalar {
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.pointTakesNewline = isOn
            case "U": break
            case "-" where isOn: isOn = false
            case ":": return false
            case ")": return true
            default:
                throw problem("invalid or unsupported Perl syntax", text(start..<offset))
            }
        }
        throw problem("missing closing )", wholePattern)
    }
}

extension RegexNode {
    /// How often counted repetitions within repeat a part of it at most.
    var repeatWeight: Int {
        switch self {
        case .sequence(let nodes), .either(let nodes): nodes.map(\.repeatWeight).max() ?? 1
        case .repeated(let node, let least, let most):
            node.repeatWeight * max(1, max(least, most ?? 1))
        default: 1
        }
    }
}
