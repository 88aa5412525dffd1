// SPDX-License-Identifier: Apache-2.0

/// Why a step cannot run the StepAction that it refers to; the words are Tekton's.
package struct StepActionProblem: Error, Equatable, CustomStringConvertible {
    package var description: String
}
