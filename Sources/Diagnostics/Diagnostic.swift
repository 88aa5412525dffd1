// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong, or doubtful, in what a user wrote.
///
/// A wrong file yields all of its diagnostics at once; they are collected, never thrown one by one.
package struct Diagnostic: Sendable, Hashable {
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    package var severity: Severity
    /// Where it stands; `nil` when the problem has no place in a file (a missing argument, say).
    package var location: SourceLocation?
    /// Tekton's field path (`spec.steps[0].script`); empty when no field is concerned.
    package var path: String
    /// What is wrong, on what, and why: lower case, no full stop, names in backticks.
    package var message: String
    /// What to do about it (``did you mean `version`?``); `nil` when nothing useful can be said.
    package var hint: String?

    package init(
        _ severity: Severity = .error,
        at location: SourceLocation? = nil,
        path: String = "",
        _ message: String,
        hint: String? = nil
    ) {
        self.severity = severity
        self.location = location
        self.path = path
        self.message = message
        self.hint = hint
    }
}
