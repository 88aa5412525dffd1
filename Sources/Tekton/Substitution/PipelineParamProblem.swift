// SPDX-License-Identifier: Apache-2.0

/// Why the defaults of a Pipeline's params cannot be resolved; the words are Tekton's.
package struct PipelineParamProblem: Error, Equatable, CustomStringConvertible {
    package var description: String
}
