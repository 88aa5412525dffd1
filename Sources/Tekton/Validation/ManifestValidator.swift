// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// Checks documents as the cluster's admission would.
package enum ManifestValidator {
    /// Checks one document by itself.
    ///
    /// - Parameters:
    ///   - manifest: a document of any kind.
    ///   - gates: which of Tekton's optional features may be used.
    /// - Returns: the document, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (manifest: ValidatedManifest?, diagnostics: [Diagnostic]) {
        switch manifest.documentKind {
        case .task:
            let result = ValidatedTask.validate(manifest, gates: gates)
            return (result.task.map { .task($0) }, result.diagnostics)
        case .taskRun:
            let result = ValidatedTaskRun.validate(manifest, gates: gates)
            return (result.taskRun.map { .taskRun($0) }, result.diagnostics)
        case .stepAction:
            let result = ValidatedStepAction.validate(manifest, gates: gates)
            return (result.stepAction.map { .stepAction($0) }, result.diagnostics)
        case .pipeline:
            let result = ValidatedPipeline.validate(manifest, gates: gates)
            return (result.pipeline.map { .pipeline($0) }, result.diagnostics)
        case .pipelineRun:
            let result = ValidatedPipelineRun.validate(manifest, gates: gates)
            return (result.pipelineRun.map { .pipelineRun($0) }, result.diagnostics)
        case .secret:
            let result = SecretDocument.read(manifest)
            return (result.secret.map { .secret($0) }, result.diagnostics)
        case .configMap:
            let result = ConfigMapDocument.read(manifest)
            return (result.configMap.map { .configMap($0) }, result.diagnostics)
        case .serviceAccount:
            let result = ServiceAccountDocument.read(manifest)
            return (result.serviceAccount.map { .serviceAccount($0) }, result.diagnostics)
        case .secretProviderClass: return (.other(manifest), [])
        case nil:
            guard manifest.group == DocumentKind.task.group,
                !servedElsewhere.contains(manifest.kind)
            else { return (.other(manifest), []) }
            return (nil, [AdmittedDocument.unknownKind(manifest)])
        }
    }

    /// Kinds of Tekton that play no part in a run here.
    private static let servedElsewhere: Set = ["CustomRun", "VerificationPolicy"]
}
