// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Tekton

/// Tells the user what the run notes, on standard error.
struct NoteOutput: RunObserver {
    var terminal: Terminal
    /// Whether a TaskRun that fails is told of: one of several, whose run's verdict names none.
    var tellsTasks = false

    func observe(_ event: RunEvent, line: JSONLine) throws {
        switch event {
        case .noted(let text): terminal.note("tacit: \(text)")
        case .taskSkipped(_, let task, let reason):
            terminal.note("tacit: task `\(task)` is not run: \(reason)")
        case .taskRunFinished(let name, "False", let reason, let message) where tellsTasks:
            terminal.note("tacit: TaskRun `\(name)`: \(reason): \(message)")
        default: break
        }
    }
}
