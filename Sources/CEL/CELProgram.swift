// SPDX-License-Identifier: Apache-2.0
// CEL: the Common Expression Language as Tekton uses it in `when.cel`: the standard library and macros of
// cel-go, no variables, types checked before anything is evaluated. Principal type: CELProgram. It knows no
// message types, no optional values and no extension libraries; time zones are the caller's.

/// An expression that has been parsed and whose types fit.
package struct CELProgram: Sendable {
    private let expression: Expression

    /// Parses and checks an expression.
    ///
    /// - Parameter source: the text, at most 100,000 characters.
    /// - Throws: `CELError` whose message is cel-go's: every problem with its line, column and a caret.
    package init(_ source: String) throws(CELError) {
        let text = SourceScalars(source)
        var issues = IssueList()
        guard let parsed = Parser.parse(text, issues: &issues), issues.isEmpty else {
            throw CELError(issues.text(in: text))
        }
        var checker = Checker()
        _ = checker.type(of: parsed)
        guard checker.issues.isEmpty else { throw CELError(checker.issues.text(in: text)) }
        expression = parsed
    }

    /// Evaluates the expression.
    ///
    /// - Parameter zones: the time zones that it may name.
    /// - Returns: its value.
    /// - Throws: `CELError` where the expression has none: an overflow, a missing key, a division by zero.
    package func evaluate(zones: CELTimeZones = .none) throws(CELError) -> CELValue {
        var evaluator = Evaluator(zones: zones)
        return try evaluator.value(of: expression)
    }

    /// Whether a guard opens, as Tekton asks it of `when.cel` once its variables are replaced.
    ///
    /// - Parameters:
    ///   - source: the expression.
    ///   - zones: the time zones that it may name.
    /// - Returns: its value.
    /// - Throws: `CELError` with Tekton's text where the expression is wrong, fails, or is no boolean.
    package static func allows(
        _ source: String,
        zones: CELTimeZones = .none
    ) throws(CELError) -> Bool {
        guard case .bool(let value) = try CELProgram(source).evaluate(zones: zones) else {
            throw CELError("The CEL expression \(source) is not evaluated to a boolean")
        }
        return value
    }
}
