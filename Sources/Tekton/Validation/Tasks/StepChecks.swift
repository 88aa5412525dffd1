// SPDX-License-Identifier: Apache-2.0

/// The rules for one step, after the step template has been laid under it.
struct StepChecks {
    var step: StepDefinition
    var context: AdmissionContext

    func validate() -> FieldErrors {
        if let error = artifactGate() { return error }
        var errors = step.reference.map(withReference) ?? withoutReference()
        errors += name()
        if let timeout = step.timeout, timeout.nanoseconds < 0 {
            return .invalid(timeout.description, at: "negative timeout")
        }
        errors += mounts()
        errors += onError()
        errors += gatedFields()
        errors += StepReferenceChecks(step: step).validate()
        return errors
    }

    private func artifactGate() -> FieldErrors? {
        guard !context.gates.allowsArtifacts else { return nil }
        let texts = [step.script] + step.command + step.args + step.environment.map(\.value)
        guard texts.contains(where: StepReferences.hasArtifact) else { return nil }
        return FieldErrors(
            "feature flag enable-artifacts should be set to true to use artifacts feature."
        )
    }

    private func withReference(_ reference: StepActionReference) -> FieldErrors {
        var errors = ReferenceChecks(reference, context).validate()
        let conflicts: [(isSet: Bool, field: String, noun: String)] = [
            (!step.image.isEmpty, "image", "image"),
            (!step.command.isEmpty, "command", "command"),
            (!step.args.isEmpty, "args", "args"),
            (!step.script.isEmpty, "script", "script"),
            (!step.workingDirectory.isEmpty, "workingDir", "working dir"),
            (step.declaresEnvironment, "env", "env"),
            (!step.volumeMounts.isEmpty, "volumeMounts", "volumeMounts"),
            (!step.results.isEmpty, "results", "results"),
        ]
        for conflict in conflicts where conflict.isSet {
            errors += FieldErrors("\(conflict.noun) cannot be used with Ref", at: conflict.field)
        }
        return errors
    }

    private func withoutReference() -> FieldErrors {
        var errors = FieldErrors.none
        if !step.params.isEmpty {
            errors += FieldErrors("params cannot be used without Ref", at: "params")
        }
        if step.image.isEmpty { errors += .missing("Image") }
        if !step.script.isEmpty, !step.command.isEmpty {
            errors += FieldErrors("script cannot be used with command", at: "script")
        }
        return errors
    }

    private func name() -> FieldErrors {
        guard !step.name.isEmpty, !ResourceName.isLabel(step.name) else { return .none }
        return FieldErrors(
            "invalid value \(GoQuotedText.of(step.name))",
            at: "name",
            details: "Task step name must be a valid DNS Label, For more info refer to"
                + " https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names"
        )
    }

    private func mounts() -> FieldErrors {
        var errors = FieldErrors.none
        for (index, mount) in step.volumeMounts.enumerated() {
            let path = CleanPath.of(mount.mountPath)
            if path.hasPrefix("/tekton/"), !path.hasPrefix("/tekton/home") {
                errors += FieldErrors(
                    "volumeMount cannot be mounted under /tekton/ (volumeMount"
                        + " \(GoQuotedText.of(mount.name)) mounted at"
                        + " \(GoQuotedText.of(mount.mountPath)))",
                    at: "mountPath"
                ).at("volumeMounts", index)
            }
            if mount.name.hasPrefix("tekton-internal-") {
                errors += FieldErrors(
                    "volumeMount name \(GoQuotedText.of(mount.name)) cannot start with"
                        + " \"tekton-internal-\"",
                    at: "name"
                ).at("volumeMounts", index)
            }
        }
        return errors
    }

    private func onError() -> FieldErrors {
        let isKnown = step.onError.isEmpty || OnError(rawValue: step.onError) != nil
        guard !isKnown, !step.onError.hasPrefix("$(params") else { return .none }
        return FieldErrors(
            "invalid value: \"\(step.onError)\"",
            at: "onError",
            details: "Task step onError must be either \"continue\" or \"stopAndFail\""
        )
    }

    private func gatedFields() -> FieldErrors {
        var errors = FieldErrors.none
        let script = step.script.drop { $0.isWhitespace }
        if script.hasPrefix("#!win") {
            errors += context.requires(.alpha, for: "windows script support", at: "script")
        }
        if step.standardOutput != nil {
            errors += context.requires(
                .alpha,
                for: "step stdout stream support",
                at: "stdoutConfig"
            )
        }
        if step.standardError != nil {
            errors += context.requires(
                .alpha,
                for: "step stderr stream support",
                at: "stderrConfig"
            )
        }
        return errors
    }
}
