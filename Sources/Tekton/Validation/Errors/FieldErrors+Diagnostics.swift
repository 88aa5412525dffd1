// SPDX-License-Identifier: Apache-2.0
import Diagnostics

extension FieldErrors {
    /// The problems with their places in the document, in the order of the file, each once.
    func diagnostics(in manifest: Manifest) -> [Diagnostic] {
        var list = DiagnosticList()
        for problem in problems {
            let details = problem.details.isEmpty ? "" : ": \(problem.details)"
            let place = problem.place ?? problem.path
            let location =
                problem.part.map { manifest.location(of: $0, inField: place) }
                ?? manifest.location(ofField: place)
            list.add(
                Diagnostic(
                    at: location,
                    path: problem.path,
                    problem.message + details + problem.absentField,
                    hint: problem.hint
                )
            )
        }
        return list.ordered
    }
}

extension FieldErrors.Problem {
    /// The path, where the message is about a field and does not say which, and the place may not show it.
    fileprivate var absentField: String { message.hasSuffix("field(s)") ? ": \(path)" : "" }
}
