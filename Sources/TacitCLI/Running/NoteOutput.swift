// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Tekton

/// Tells the user what the run notes, on standard error.
struct NoteOutput: RunObserver {
    var terminal: Terminal

    func observe(_ event: RunEvent, line: JSONLine) throws {
        if case .noted(let text) = event { terminal.note("tacit: \(text)") }
    }
}
