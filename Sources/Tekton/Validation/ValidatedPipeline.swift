// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON

/// A Pipeline that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedPipeline: Sendable {
    package let definition: PipelineDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: PipelineDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }

    /// Checks a document of that kind.
    ///
    /// - Parameters:
    ///   - manifest: a Pipeline of any version that Tekton serves.
    ///   - gates: which optional features may be used.
    /// - Returns: the Pipeline, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (pipeline: ValidatedPipeline?, diagnostics: [Diagnostic]) {
        let (document, problems) = AdmittedDocument.decode(manifest, gates: gates)
        guard let document else { return (nil, problems) }
        var errors = FieldErrors.none
        var json = document.json
        if document.context.isV1Beta1 {
            errors += V1Beta1Checks.pipelineSpec(json["spec"]).at("spec")
            json = V1Beta1Conversion.pipeline(json)
        }
        var definition = PipelineDefinition(json: json)
        definition.spec.setDefaults()
        errors += MetadataChecks.validate(definition.metadata)
        let checks = PipelineSpecChecks(pipeline: definition.spec, context: document.context)
        errors += checks.validate().at("spec")
        errors += checks.usage().at("spec")
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        return (ValidatedPipeline(definition, of: manifest), [])
    }
}
