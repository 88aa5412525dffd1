// SPDX-License-Identifier: Apache-2.0
package import Platform

/// What a finished command printed, and how it ended.
package struct CommandOutcome: Sendable, CustomStringConvertible {
    package var output: String
    package var error: String
    package var end: ProcessEnd

    /// Its own code, or 128 and the signal's number.
    package var exitCode: Int32 { end.exitCode }

    /// All of it, for a failed expectation's message.
    package var description: String {
        let late = end.killedAtLimit ? " (killed: it ran too long)" : ""
        return "exit code \(exitCode)\(late)\n--- stdout\n\(output)--- stderr\n\(error)"
    }
}
