// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON

/// A TaskRun that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedTaskRun: Sendable {
    package let definition: TaskRunDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: TaskRunDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }

    /// Checks a document of that kind.
    ///
    /// - Parameters:
    ///   - manifest: a TaskRun of any version that Tekton serves.
    ///   - gates: which optional features may be used.
    /// - Returns: the TaskRun, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (taskRun: ValidatedTaskRun?, diagnostics: [Diagnostic]) {
        let (document, problems) = AdmittedDocument.decode(manifest, gates: gates)
        guard let document else { return (nil, problems) }
        let context = document.context
        var errors = FieldErrors.none
        var json = document.json
        if context.isV1Beta1 {
            errors += V1Beta1Checks.taskRun(json["spec"]).at("spec")
            json = V1Beta1Conversion.taskRun(json)
        }
        let startTime = json["status"]?["startTime"]
        var definition = TaskRunDefinition(json: json)
        definition.setDefaults()
        errors += MetadataChecks.validate(definition.metadata)
        if definition.spec.status == "TaskRunPending", startTime?.string?.isEmpty == false {
            errors += .invalid("TaskRun cannot be Pending after it is started", at: "spec.status")
        }
        errors += TaskRunChecks(run: definition.spec, context: context).validate().at("spec")
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        return (ValidatedTaskRun(definition, of: manifest), [])
    }

    /// A run that no document asks for: of a Task that stands alone.
    ///
    /// - Parameters:
    ///   - definition: what a document would say; defaults are set here.
    ///   - manifest: the Task's document, for places in the file.
    ///   - gates: which optional features may be used.
    /// - Returns: the TaskRun, or `nil` when there is an error among the diagnostics.
    package static func validate(
        _ definition: TaskRunDefinition,
        for manifest: Manifest,
        gates: FeatureGates = FeatureGates()
    ) -> (taskRun: ValidatedTaskRun?, diagnostics: [Diagnostic]) {
        var definition = definition
        definition.setDefaults()
        let context = AdmissionContext(gates: gates)
        var errors = MetadataChecks.validate(definition.metadata)
        errors += TaskRunChecks(run: definition.spec, context: context).validate().at("spec")
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        return (ValidatedTaskRun(definition, of: manifest), [])
    }
}
