// SPDX-License-Identifier: Apache-2.0
package import Secrets
package import Tekton

/// The documents of the files that play a part in a run: the "cluster".
///
/// A document without a namespace belongs to the namespace of the run.
package struct RunDocuments: Sendable {
    /// A document that asks for a run.
    package enum Run: Sendable {
        case taskRun(ValidatedTaskRun)
        case pipelineRun(ValidatedPipelineRun)
    }

    package var tasks: [ValidatedTask] = []
    package var pipelines: [ValidatedPipeline] = []
    /// In the order in which they run.
    package var runs: [Run] = []
    package var stepActions: [ValidatedStepAction] = []
    package var classes: [SecretProviderClass] = []
    package var secrets: [SecretDocument] = []
    package var configMaps: [ConfigMapDocument] = []
    /// What resolvers have fetched for the references of the runs.
    package var resolved: [ReferenceRequest: ResolvedReference] = [:]

    package init() {}

    /// The runs of Tasks among all.
    var taskRuns: [ValidatedTaskRun] {
        runs.compactMap { run in
            if case .taskRun(let run) = run { run } else { nil }
        }
    }
}
