// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// The results and artifacts that stand on disk when a step has ended.
struct StepResults: Sendable {
    /// Of the Task, by name, ascending; what an earlier step wrote is there again.
    var task: [ResultValue] = []
    /// Of the step itself, by name, ascending.
    var step: [ResultValue] = []
    var taskArtifacts = Artifacts()
    var stepArtifacts = Artifacts()
    /// What the entrypoint would have noted of all this, for the size limit and the state's message.
    var entries: [TerminationMessage.Entry] = []
}
