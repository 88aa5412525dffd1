// SPDX-License-Identifier: Apache-2.0
import JSON

/// Where a step may refer to results and artifacts of another step, and where not.
struct StepReferenceChecks {
    var step: StepDefinition

    func validate() -> FieldErrors {
        var errors = FieldErrors.none
        for (path, text) in texts + [("script", step.script)]
        where StepReferences.hasStepResult(text) {
            errors += FieldErrors(
                "stepResult substitutions are only allowed in env, command and args."
                    + " Found usage in",
                at: path
            )
        }
        for (path, text) in texts where StepReferences.hasArtifact(text) {
            errors += FieldErrors(
                "stepArtifact substitutions are only allowed in env, command, args and script."
                    + " Found usage in",
                at: path
            )
        }
        return errors
    }

    private var texts: [(path: String, text: String)] {
        var texts = [
            ("name", step.name),
            ("image", step.image),
            ("imagePullPolicy", step.imagePullPolicy),
            ("workingDir", step.workingDirectory),
        ]
        for source in step.environmentSources {
            texts.append(("envFrom.prefix", source.prefix))
            if let map = source.configMap { texts.append(("envFrom.configMapRef", map.name)) }
            if let secret = source.secret { texts.append(("envFrom.secretRef", secret.name)) }
        }
        for mount in step.volumeMounts {
            texts.append(("volumeMounts.name", mount.name))
            texts.append(("volumeMounts.mountPath", mount.mountPath))
            texts.append(("volumeMounts.subPath", mount.subPath))
        }
        for device in step.volumeDevices {
            texts.append(("volumeDevices.name", device["name"]?.string ?? ""))
            texts.append(("volumeDevices.devicePath", device["devicePath"]?.string ?? ""))
        }
        return texts
    }
}
