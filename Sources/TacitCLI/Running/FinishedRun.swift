// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import RunEngine
internal import Tekton

/// What one of a command's runs came to.
struct FinishedRun {
    var condition: Condition
    var results: [ResultValue] = []
    /// The finished object, then those of the runs that it made where they were asked for.
    var objects: [JSONValue]
    /// Set when not a step but the world brought the run down.
    var failure: RunFailure?
    /// The signal that asked to stop it; `nil` when none did.
    var signal: Int32?
}
