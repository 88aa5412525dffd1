// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON

/// A Task that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedTask: Sendable {
    package let definition: TaskDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: TaskDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }

    /// Checks a document of that kind.
    ///
    /// - Parameters:
    ///   - manifest: a Task of any version that Tekton serves.
    ///   - gates: which optional features may be used.
    /// - Returns: the Task, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (task: ValidatedTask?, diagnostics: [Diagnostic]) {
        let (document, problems) = AdmittedDocument.decode(manifest, gates: gates)
        guard let document else { return (nil, problems) }
        let context = document.context
        var errors = FieldErrors.none
        var json = document.json
        if context.isV1Beta1 {
            errors += V1Beta1Checks.taskSpec(json["spec"]).at("spec")
            json = V1Beta1Conversion.task(json)
        }
        var definition = TaskDefinition(json: json)
        definition.spec.setDefaults()
        errors += MetadataChecks.validate(definition.metadata)
        let checks = TaskSpecChecks(task: definition.spec, context: context)
        errors += checks.validate().at("spec")
        let params = ParameterChecks(params: definition.spec.params, context: context)
        errors += StepListVariables(checks.mergedSteps).declared(params).at("spec")
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        return (ValidatedTask(definition, of: manifest), [])
    }
}
