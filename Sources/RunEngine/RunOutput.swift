// SPDX-License-Identifier: Apache-2.0

/// Decides where the output of each step goes.
package protocol RunOutput: Sendable {
    /// Opens the sinks of a step that is about to start.
    func sinks(taskRun: String, step: String) throws -> [any OutputSink]
}
