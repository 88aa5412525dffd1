// SPDX-License-Identifier: Apache-2.0

/// A document that has passed the validation of its kind.
package enum ValidatedManifest: Sendable {
    case task(ValidatedTask)
    case taskRun(ValidatedTaskRun)
    case stepAction(ValidatedStepAction)
    case pipeline(ValidatedPipeline)
    case pipelineRun(ValidatedPipelineRun)
    case secret(SecretDocument)
    case configMap(ConfigMapDocument)
    case serviceAccount(ServiceAccountDocument)
    /// A SecretProviderClass, or a kind that plays no part in a run; neither is checked here.
    case other(Manifest)
}
