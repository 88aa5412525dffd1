// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON

/// A PipelineRun that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedPipelineRun: Sendable {
    package let definition: PipelineRunDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: PipelineRunDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }

    /// Checks a document of that kind.
    ///
    /// - Parameters:
    ///   - manifest: a PipelineRun of any version that Tekton serves.
    ///   - gates: which optional features may be used.
    /// - Returns: the PipelineRun, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (pipelineRun: ValidatedPipelineRun?, diagnostics: [Diagnostic]) {
        let (document, problems) = AdmittedDocument.decode(manifest, gates: gates)
        guard let document else { return (nil, problems) }
        var errors = FieldErrors.none
        var json = document.json
        var looksAtLimits = true
        if document.context.isV1Beta1 {
            errors += V1Beta1Checks.pipelineRun(json["spec"]).at("spec")
            looksAtLimits = json["spec"]?["timeouts"] != nil
            json = V1Beta1Conversion.pipelineRun(json)
        }
        let startTime = json["status"]?["startTime"]?.string ?? ""
        var definition = PipelineRunDefinition(json: json)
        definition.setDefaults()
        if definition.spec.status == "PipelineRunPending", !startTime.isEmpty {
            errors += .invalid(
                "PipelineRun cannot be Pending after it is started",
                at: "spec.status"
            )
        }
        errors += check(definition, document.context, looksAtLimits: looksAtLimits)
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        return (ValidatedPipelineRun(definition, of: manifest), [])
    }

    /// A run that no document asks for: of a Pipeline that stands alone.
    ///
    /// - Parameters:
    ///   - definition: what a document would say; defaults are set here.
    ///   - manifest: the Pipeline's document, for places in the file.
    ///   - gates: which optional features may be used.
    /// - Returns: the PipelineRun, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ definition: PipelineRunDefinition,
        for manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (pipelineRun: ValidatedPipelineRun?, diagnostics: [Diagnostic]) {
        var definition = definition
        definition.setDefaults()
        let errors = check(definition, AdmissionContext(gates: gates), looksAtLimits: true)
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        return (ValidatedPipelineRun(definition, of: manifest), [])
    }

    private static func check(
        _ definition: PipelineRunDefinition,
        _ context: AdmissionContext,
        looksAtLimits: Bool
    ) -> FieldErrors {
        let checks = PipelineRunChecks(
            run: definition.spec,
            context: context,
            limits: looksAtLimits ? definition.spec.timeouts : nil
        )
        return MetadataChecks.validate(definition.metadata) + checks.validate().at("spec")
    }
}
