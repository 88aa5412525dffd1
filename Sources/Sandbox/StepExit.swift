// SPDX-License-Identifier: Apache-2.0
package import Platform

/// How a step's main process ended.
///
/// None of these is an error of Tacit's.
package enum StepExit: Sendable, Hashable {
    case exited(code: Int32)
    case signalled(Int32)
    /// The program could not be executed in its world: execve's reason (a missing command, a missing
    /// interpreter, no execute permission). `subject` is the program.
    case notExecuted(SystemError)
}
