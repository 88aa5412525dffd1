// SPDX-License-Identifier: Apache-2.0

/// What a failure of a step or pipeline task means for what comes after it.
package enum OnError: String, Sendable {
    /// A step's non-zero exit, or a task's failure, is recorded and passed over.
    case `continue`
    /// The default.
    case stopAndFail
}
