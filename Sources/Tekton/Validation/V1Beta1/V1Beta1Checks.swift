// SPDX-License-Identifier: Apache-2.0
import JSON

/// What `tekton.dev/v1beta1` still reads but refuses: PipelineResources, bundles, two kinds of timeout.
enum V1Beta1Checks {
    static func taskSpec(_ spec: JSONValue?) -> FieldErrors {
        spec?["resources"] == nil ? .none : .disallowed("resources")
    }

    static func taskRun(_ spec: JSONValue?) -> FieldErrors {
        var errors = FieldErrors.none
        if spec?["resources"] != nil { errors += .disallowed("resources") }
        errors += taskSpec(spec?["taskSpec"]).at("taskSpec")
        errors += reference(spec?["taskRef"]).at("taskRef")
        return errors
    }

    static func pipelineSpec(_ spec: JSONValue?) -> FieldErrors {
        var errors = FieldErrors.none
        if let resources = spec?["resources"]?.array, !resources.isEmpty {
            errors += .disallowed("resources")
        }
        for section in ["tasks", "finally"] {
            for (index, task) in (spec?[section]?.array ?? []).enumerated() {
                errors += pipelineTask(task).at(section, index)
            }
        }
        return errors
    }

    static func pipelineRun(_ spec: JSONValue?) -> FieldErrors {
        var errors = FieldErrors.none
        if spec?["resources"] != nil { errors += .disallowed("resources") }
        if let text = spec?["timeout"]?.string, text.hasPrefix("-") {
            errors += .invalid("\(text) should be >= 0", at: "timeout")
        }
        if spec?["timeout"] != nil, spec?["timeouts"] != nil {
            errors += .disallowed("timeout", "timeouts")
        }
        errors += reference(spec?["pipelineRef"]).at("pipelineRef")
        errors += pipelineSpec(spec?["pipelineSpec"]).at("pipelineSpec")
        return errors
    }

    private static func pipelineTask(_ task: JSONValue) -> FieldErrors {
        var errors = FieldErrors.none
        if task["resources"] != nil { errors += .disallowed("resources") }
        errors += taskSpec(task["taskSpec"]).at("taskSpec")
        errors += reference(task["taskRef"]).at("taskRef")
        return errors
    }

    private static func reference(_ reference: JSONValue?) -> FieldErrors {
        let bundle = reference?["bundle"]?.string ?? ""
        return bundle.isEmpty ? .none : .disallowed("bundle")
    }
}
