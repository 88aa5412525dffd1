// SPDX-License-Identifier: Apache-2.0

/// Where a TaskRun stands still for its user.
enum Breakpoint: Sendable {
    case beforeStep
    case afterFailure(code: Int32)

    /// What the user decided.
    enum Decision: Sendable, Equatable {
        /// The step runs, or counts as a success though it failed.
        case goOn
        /// The step does not run, or stays failed.
        case fail
        /// Nothing: it is as if there were no breakpoint.
        case none
    }

    /// The commands that decide, by Tekton's names, and what they leave behind.
    var scripts: [(name: String, word: String)] {
        switch self {
        case .beforeStep:
            [("debug-beforestep-continue", "go-on"), ("debug-beforestep-fail-continue", "fail")]
        case .afterFailure: [("debug-continue", "go-on"), ("debug-fail-continue", "fail")]
        }
    }

    func announcement(_ step: String) -> String {
        let what =
            switch self {
            case .beforeStep: "before step `\(step)`"
            case .afterFailure(let code): "step `\(step)` failed with \(code)"
            }
        let commands = scripts.map { "/tekton/debug/scripts/\($0.name)" }
        return """

            tacit: breakpoint: \(what). This is a shell in the step's mounts and environment; what the step \
            wrote outside its volumes is not there.
            tacit: \(commands[0]) goes on, \(commands[1]) fails the step; leaving the shell decides nothing.

            """
    }
}
