// SPDX-License-Identifier: Apache-2.0
package import Tekton

/// How a run ended.
package struct RunOutcome: Sendable {
    package var status: TaskRunStatus
    /// Set when not a step but the world brought the run down.
    package var failure: RunFailure?
    /// The signal that asked to stop it; `nil` when none did.
    package var signal: Int32?

    package init(status: TaskRunStatus, failure: RunFailure? = nil, signal: Int32? = nil) {
        self.status = status
        self.failure = failure
        self.signal = signal
    }
}
