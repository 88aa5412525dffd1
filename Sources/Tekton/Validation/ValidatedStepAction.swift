// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON

/// A StepAction that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedStepAction: Sendable {
    package let definition: StepActionDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: StepActionDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }

    /// Checks a document of that kind.
    ///
    /// - Parameters:
    ///   - manifest: a StepAction of any version that Tekton serves.
    ///   - gates: which optional features may be used.
    /// - Returns: the StepAction, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (stepAction: ValidatedStepAction?, diagnostics: [Diagnostic]) {
        let (document, problems) = AdmittedDocument.decode(manifest, gates: gates)
        guard let document else { return (nil, problems) }
        var definition = StepActionDefinition(json: document.json)
        definition.spec.setDefaults()
        var errors = MetadataChecks.validate(definition.metadata)
        errors += StepActionChecks(
            action: definition.spec,
            context: document.context,
            isV1Alpha1: manifest.version == "v1alpha1"
        ).validate().at("spec")
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        return (ValidatedStepAction(definition, of: manifest), [])
    }
}
