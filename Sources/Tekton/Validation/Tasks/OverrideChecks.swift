// SPDX-License-Identifier: Apache-2.0
import JSON

/// The rules for compute resources that a run gives to its task, steps and sidecars.
struct OverrideChecks {
    var steps: [ComputeResourceOverride]
    var sidecars: [ComputeResourceOverride]
    var computeResources: [String: JSONValue]?
    var context: AdmissionContext

    func validate() -> FieldErrors {
        let stepField = context.isV1Beta1 ? "stepOverrides" : "stepSpecs"
        let sidecarField = context.isV1Beta1 ? "sidecarOverrides" : "sidecarSpecs"
        var errors = FieldErrors.none
        if !steps.isEmpty {
            errors += context.requires(.beta, for: stepField, at: stepField)
            errors += names(of: steps).at(stepField)
        }
        if !sidecars.isEmpty {
            errors += context.requires(.beta, for: sidecarField, at: sidecarField)
            errors += names(of: sidecars).at(sidecarField)
        }
        if computeResources != nil {
            errors += context.requires(.beta, for: "computeResources", at: "computeResources")
            if steps.contains(where: { !$0.computeResources.isEmpty }) {
                errors += .multipleOneOf("\(stepField).resources", "computeResources")
            }
        }
        return errors
    }

    private func names(of overrides: [ComputeResourceOverride]) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, override) in overrides.enumerated() where override.name.isEmpty {
            errors += .missing("name").at(index)
        }
        errors += DuplicateNames.byIndex(overrides.map(\.name).filter { !$0.isEmpty })
        return errors
    }
}
