// SPDX-License-Identifier: Apache-2.0
import Diagnostics

extension FieldErrors {
    /// The problems with their places in the document, in the order of the file, each once.
    func diagnostics(in manifest: Manifest) -> [Diagnostic] {
        var list = DiagnosticList()
        for problem in problems {
            let details = problem.details.isEmpty ? "" : ": \(problem.details)"
            list.add(
                Diagnostic(
                    at: manifest.location(ofField: problem.place ?? problem.path),
                    path: problem.path,
                    problem.message + details,
                    hint: problem.hint
                )
            )
        }
        return list.ordered
    }
}
