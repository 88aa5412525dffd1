// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// Gathers what is wrong with one document; confined to the function that made it.
final class Findings {
    private(set) var diagnostics: [Diagnostic] = []

    var errorCount: Int { diagnostics.count { $0.severity == .error } }
    var hasErrors: Bool { errorCount > 0 }

    func add(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    func error(
        at location: SourceLocation?,
        path: String,
        _ message: String,
        hint: String? = nil
    ) {
        diagnostics.append(Diagnostic(at: location, path: path, message, hint: hint))
    }

    func warning(
        at location: SourceLocation?,
        path: String,
        _ message: String,
        hint: String? = nil
    ) {
        diagnostics.append(Diagnostic(.warning, at: location, path: path, message, hint: hint))
    }
}
