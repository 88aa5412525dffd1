// SPDX-License-Identifier: Apache-2.0

/// Decides where the output of each step goes.
package protocol RunOutput: Sendable {
    /// Opens the sinks of a step that is about to start; `pipelineTask` is the task of a pipeline that its
    /// TaskRun is a run of.
    func sinks(
        taskRun: String,
        pipelineTask: String?,
        step: String
    ) throws -> [any OutputSink]

    /// Puts the output of an attempt that failed aside, before its steps run once more.
    ///
    /// `attempt` counts from 0. Nothing is being written then.
    func keepAside(taskRun: String, attempt: Int) throws
}
