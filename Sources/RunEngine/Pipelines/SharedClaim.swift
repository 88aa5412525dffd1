// SPDX-License-Identifier: Apache-2.0
internal import Sandbox

/// The volume that a claim template of a PipelineRun made: a directory that its TaskRuns share, gone with the
/// run.
struct SharedClaim: Sendable {
    var tree: TaskDirectory
    /// Within the tree.
    var path: String
}
