// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// A PipelineRun before its plan is made.
struct PipelineCandidate: Sendable {
    var definition: PipelineRunDefinition
    /// `nil` when no document asks for this run.
    var pipelineRun: ValidatedPipelineRun?
    /// What it has from the run that it is part of; `nil` for a run of its own.
    var parent: Parent?

    struct Parent: Sendable {
        /// The names of the Pipelines around it, the nearest first.
        var pipelines: [String]
        /// Host directories bound by `-w`, by workspace.
        var workspaceDirectories: [String: String]
        /// Where the task stands that makes it.
        var place: SpecPlace?
    }
}
