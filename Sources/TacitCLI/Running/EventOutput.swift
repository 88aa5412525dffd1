// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import Tekton

/// `-o events`: every event on standard output as it happens.
struct EventOutput: RunObserver {
    var terminal: Terminal

    func observe(_ event: RunEvent, line: JSONLine) throws {
        // A reader that went away (`| head`) must not fail the run.
        do {
            try terminal.write(line.bytes.span)
        } catch {
            if error.code != .brokenPipe { throw error }
        }
    }
}
