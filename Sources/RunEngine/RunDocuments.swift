// SPDX-License-Identifier: Apache-2.0
package import Secrets
package import Tekton

/// The documents of the files that play a part in a run: the "cluster".
///
/// A document without a namespace belongs to the namespace of the run.
package struct RunDocuments: Sendable {
    package var tasks: [ValidatedTask] = []
    package var taskRuns: [ValidatedTaskRun] = []
    package var stepActions: [ValidatedStepAction] = []
    package var classes: [SecretProviderClass] = []
    package var secrets: [SecretDocument] = []
    package var configMaps: [ConfigMapDocument] = []
    /// What resolvers have fetched for the references of the runs.
    package var resolved: [ReferenceRequest: ResolvedReference] = [:]

    package init() {}
}
