// SPDX-License-Identifier: Apache-2.0

/// A regular expression of RE2's syntax, matched in time linear in the text whatever the expression.
///
/// Source: re2/doc/syntax.txt; Ken Thompson, "Regular expression search algorithm", 1968.
/// Not here: `\C`, and `\p{...}` of scripts (general categories are).
struct RegularExpression: Sendable {
    private let program: [RegexInstruction]

    /// - Throws: `CELError` in the words of Go's regexp.
    init(_ pattern: String) throws(CELError) {
        var parser = RegexParser(pattern)
        let node = try parser.parse()
        var compiler = RegexCompiler()
        program = try compiler.compile(node)
    }

    var size: Int { program.count }

    /// Whether the expression matches anywhere in the text.
    func matches(_ text: String) -> Bool {
        var threads = RegexThreads(program)
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            threads.start(between: previous, and: scalar)
            if threads.hasMatched { return true }
            threads.step(over: scalar)
            previous = scalar
        }
        threads.start(between: previous, and: nil)
        return threads.hasMatched
    }
}
