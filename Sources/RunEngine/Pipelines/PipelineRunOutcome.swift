// SPDX-License-Identifier: Apache-2.0
package import Tekton

/// How a PipelineRun ended.
package struct PipelineRunOutcome: Sendable {
    package var status: PipelineRunStatus
    /// The finished objects of the runs that it made, in the order of the pipeline's tasks, as JSON; empty when
    /// they were not asked for.
    package var children: [[UInt8]]
    /// Set when not a task but the world brought the run down.
    package var failure: RunFailure?
    /// The signal that asked to stop it; `nil` when none did.
    package var signal: Int32?

    package init(
        status: PipelineRunStatus,
        children: [[UInt8]] = [],
        failure: RunFailure? = nil,
        signal: Int32? = nil
    ) {
        self.status = status
        self.children = children
        self.failure = failure
        self.signal = signal
    }
}
