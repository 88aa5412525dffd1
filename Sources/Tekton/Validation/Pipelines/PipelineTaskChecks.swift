// SPDX-License-Identifier: Apache-2.0

/// The rules for one task of a pipeline, without its surroundings.
struct PipelineTaskChecks {
    var task: PipelineTask
    var context: AdmissionContext

    func validate() -> FieldErrors {
        var errors = referenceOrSpecification()
        errors += embeddedType()
        errors += onError()
        errors += isCustom ? customTask() : ordinaryTask()
        return errors
    }

    func name() -> FieldErrors {
        guard !ResourceName.isLabel(task.name) else { return .none }
        return FieldErrors(
            "invalid value \(GoQuotedText.of(task.name))",
            at: "name",
            details: "Pipeline Task name must be a valid DNS Label.For more info refer to"
                + " https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names"
        )
    }

    private func referenceOrSpecification() -> FieldErrors {
        var errors = FieldErrors.none
        var given: [String] = []
        if task.taskReference != nil { given.append("taskRef") }
        if task.taskSpec != nil { given.append("taskSpec") }
        if task.pipelineReference != nil {
            errors += context.requires(.alpha, for: "pipelineRef", at: "pipelineRef")
            given.append("pipelineRef")
        }
        if task.pipelineSpec != nil {
            errors += context.requires(.alpha, for: "pipelineSpec", at: "pipelineSpec")
            given.append("pipelineSpec")
        }
        if given.count > 1 {
            errors += FieldErrors(
                "expected exactly one, got multiple",
                at: given,
                details: given.joined(separator: ", ")
            )
        } else if given.isEmpty {
            errors +=
                context.gates.stability == .alpha
                ? .missingOneOf("taskRef", "taskSpec", "pipelineRef", "pipelineSpec")
                : .missingOneOf("taskRef", "taskSpec")
        }
        return errors
    }

    /// A task written in place is no custom task.
    private func embeddedType() -> FieldErrors {
        guard let spec = task.taskSpec, !spec.task.steps.isEmpty else { return .none }
        var errors = FieldErrors.none
        for (field, value) in [("apiVersion", spec.apiVersion), ("kind", spec.kind)]
        where !value.isEmpty {
            errors += FieldErrors(
                "taskSpec.\(field) cannot be specified when using taskSpec.steps",
                at: "taskSpec.\(field)"
            )
        }
        return errors
    }

    private func onError() -> FieldErrors {
        guard !task.onError.isEmpty, !task.onError.hasPrefix("$(params") else { return .none }
        var errors = context.requires(.beta, for: "OnError", at: "onError")
        if OnError(rawValue: task.onError) == nil {
            errors += .invalid(
                task.onError,
                at: "OnError",
                details: "PipelineTask OnError must be either \"continue\" or \"stopAndFail\""
            )
        }
        if task.onError == OnError.continue.rawValue, task.retries > 0 {
            errors += FieldErrors(
                "PipelineTask OnError cannot be set to \"continue\" when Retries is greater than 0",
                at: "onError"
            )
        }
        return errors
    }

    // MARK: Custom tasks

    /// Whether another controller would run the task.
    private var isCustom: Bool {
        if let reference = task.taskReference {
            if !["", "Task"].contains(reference.kind) || !reference.apiVersion.isEmpty {
                return true
            }
        }
        if let spec = task.taskSpec {
            return !["", "Task"].contains(spec.kind) || !spec.apiVersion.isEmpty
        }
        return false
    }

    private func customTask() -> FieldErrors {
        var errors = FieldErrors.none
        if let reference = task.taskReference {
            errors += custom("ref", reference.kind, reference.apiVersion).at("taskRef")
        }
        if let spec = task.taskSpec {
            errors += custom("spec", spec.kind, spec.apiVersion).at("taskSpec")
        }
        return errors
    }

    private func custom(_ noun: String, _ kind: String, _ apiVersion: String) -> FieldErrors {
        var errors = FieldErrors.none
        if kind.isEmpty {
            errors += .invalid("custom task \(noun) must specify kind", at: "kind")
        }
        if apiVersion.isEmpty {
            errors += .invalid("custom task \(noun) must specify apiVersion", at: "apiVersion")
        } else {
            let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false)
            if parts.count != 2 || parts.contains(where: \.isEmpty) {
                errors += .invalid(
                    "invalid apiVersion format \(GoQuotedText.of(apiVersion)), must be in the"
                        + " format \"group/version\"",
                    at: "apiVersion"
                )
            }
        }
        return errors
    }

    // MARK: Ordinary tasks

    private func ordinaryTask() -> FieldErrors {
        var errors = FieldErrors.none
        if let spec = task.taskSpec {
            errors += TaskSpecChecks(task: spec.task, context: context).validate().at("taskSpec")
        }
        if let reference = task.taskReference {
            errors += ReferenceChecks(reference, context).validate().at("taskRef")
        }
        guard !context.isV1Beta1 else { return errors }
        if let reference = task.pipelineReference {
            errors += ReferenceChecks(reference, context).validate().at("pipelineRef")
        }
        if let spec = task.pipelineSpec {
            errors += PipelineSpecChecks(pipeline: spec, context: context).validate()
                .at("pipelineSpec")
        }
        return errors
    }
}
