// SPDX-License-Identifier: Apache-2.0

/// Why a task of a pipeline was not run, in Tekton's words.
package enum SkipReason: String, Sendable {
    case condition = "When Expressions evaluated to false"
    case parent = "Parent Tasks were skipped"
    case stopping = "PipelineRun was stopping"
    case cancelled = "PipelineRun was gracefully cancelled"
    case stopped = "PipelineRun was gracefully stopped"
    case missingResults = "Results were missing"
    case pipelineTimeout = "PipelineRun timeout has been reached"
    case tasksTimeout = "PipelineRun Tasks timeout has been reached"
    case finallyTimeout = "PipelineRun Finally timeout has been reached"
    case emptyMatrix = "Matrix Parameters have an empty array"

    /// Whether time ran out before the task could start, which fails the run.
    package var isTimeout: Bool {
        switch self {
        case .pipelineTimeout, .tasksTimeout, .finallyTimeout: true
        default: false
        }
    }
}
