// SPDX-License-Identifier: Apache-2.0
import JSON

/// Turns objects of `tekton.dev/v1beta1` into those of v1, as Tekton stores them.
///
/// Fields that v1 has dropped (a step's probes, ports and the like) are dropped here too: Tekton does not
/// use them either. Fields that v1beta1 refuses have been refused before.
enum V1Beta1Conversion {
    static func task(_ document: JSONValue) -> JSONValue {
        document.updating("spec", with: taskSpec)
    }

    static func taskRun(_ document: JSONValue) -> JSONValue {
        document.updating("spec") { spec in
            overrides(spec).updating("taskSpec", with: taskSpec)
                .updating("taskRef", with: reference)
        }
    }

    static func pipeline(_ document: JSONValue) -> JSONValue {
        document.updating("spec", with: pipelineSpec)
    }

    static func pipelineRun(_ document: JSONValue) -> JSONValue {
        document.updating("spec") { spec in
            var members = spec.object ?? [:]
            var template: [String: JSONValue] = [:]
            template["serviceAccountName"] = members.removeValue(forKey: "serviceAccountName")
            template["podTemplate"] = members.removeValue(forKey: "podTemplate")
            members["taskRunTemplate"] = .object(template)
            if let timeout = members.removeValue(forKey: "timeout") {
                members["timeouts"] = .object(["pipeline": timeout])
            }
            return JSONValue.object(members).updating("pipelineSpec", with: pipelineSpec)
                .updating("pipelineRef", with: reference)
                .updatingEach(of: "taskRunSpecs", with: taskRunSpec)
        }
    }

    private static func taskSpec(_ spec: JSONValue) -> JSONValue {
        spec.updatingEach(of: "steps", with: step).updating("stepTemplate", with: step)
            .updatingEach(of: "sidecars") { $0.renaming("resources", to: "computeResources") }
    }

    private static func step(_ step: JSONValue) -> JSONValue {
        guard case .object(var members) = step else { return step }
        for field in droppedFields { members[field] = nil }
        return JSONValue.object(members).renaming("resources", to: "computeResources")
    }

    private static let droppedFields = [
        "ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle",
        "terminationMessagePath", "terminationMessagePolicy", "stdin", "stdinOnce", "tty",
    ]

    private static func pipelineSpec(_ spec: JSONValue) -> JSONValue {
        spec.updatingEach(of: "tasks", with: pipelineTask)
            .updatingEach(of: "finally", with: pipelineTask)
    }

    private static func pipelineTask(_ task: JSONValue) -> JSONValue {
        task.updating("taskSpec", with: taskSpec).updating("pipelineSpec", with: pipelineSpec)
            .updating("taskRef", with: reference).updating("pipelineRef", with: reference)
    }

    private static func taskRunSpec(_ spec: JSONValue) -> JSONValue {
        overrides(spec).renaming("taskServiceAccountName", to: "serviceAccountName")
            .renaming("taskPodTemplate", to: "podTemplate")
    }

    private static func overrides(_ spec: JSONValue) -> JSONValue {
        spec.renaming("stepOverrides", to: "stepSpecs")
            .renaming("sidecarOverrides", to: "sidecarSpecs")
            .updatingEach(of: "stepSpecs") { $0.renaming("resources", to: "computeResources") }
            .updatingEach(of: "sidecarSpecs") { $0.renaming("resources", to: "computeResources") }
    }

    /// A `bundle` has been refused; it has no place in v1.
    private static func reference(_ reference: JSONValue) -> JSONValue {
        guard case .object(var members) = reference else { return reference }
        members["bundle"] = nil
        return .object(members)
    }
}
