// SPDX-License-Identifier: Apache-2.0
import JSON

/// What a host cannot do of a task.
struct HostTaskChecks {
    var host: HostValidation

    func task(_ task: TaskSpec) -> HostFindings {
        var findings = HostFindings.none
        for (index, volume) in task.volumes.enumerated() {
            findings += HostVolumeChecks(host: host).volume(volume).at("volumes", index)
        }
        if let template = task.stepTemplate {
            var found = environment(template.environment)
            found += security(template.securityContext)
            found += devices(template.volumeDevices)
            findings += found.at("stepTemplate")
        }
        for (index, step) in task.steps.enumerated() {
            findings += self.step(step).at("steps", index)
        }
        for (index, sidecar) in task.sidecars.enumerated() {
            findings += self.sidecar(sidecar).at("sidecars", index)
        }
        return findings
    }

    private func step(_ step: StepDefinition) -> HostFindings {
        var findings = environment(step.environment)
        findings += security(step.securityContext)
        findings += devices(step.volumeDevices)
        if let reference = step.reference, !reference.resolver.isEmpty {
            findings += host.needs(
                .stepActionResolvers,
                resolver: reference.resolver,
                at: "ref.resolver"
            )
        }
        if step.script.drop(while: \.isWhitespace).hasPrefix("#!win") {
            findings += .refused("Windows scripts cannot run on Linux", at: "script")
        }
        if step.standardOutput != nil { findings += host.needs(.outputCopies, at: "stdoutConfig") }
        if step.standardError != nil { findings += host.needs(.outputCopies, at: "stderrConfig") }
        findings += conditions(step.when)
        let texts = [step.script] + step.command + step.args + step.environment.map(\.value)
        if texts.contains(where: StepReferences.hasArtifact) {
            findings += host.needs(.artifacts, at: "")
        }
        return findings
    }

    private func sidecar(_ sidecar: SidecarDefinition) -> HostFindings {
        guard host.features.contains(.sidecars) else { return host.needs(.sidecars, at: "") }
        var findings = environment(sidecar.environment)
        findings += security(sidecar.securityContext)
        findings += devices(sidecar.volumeDevices)
        for field in ["lifecycle", "stdin", "tty", "restartPolicy"]
        where sidecar.uninterpreted[field] != nil {
            findings += .refused("`\(field)` of a sidecar is not supported on a host", at: field)
        }
        return findings
    }

    func conditions(_ when: [WhenExpression]) -> HostFindings {
        var findings = HostFindings.none
        for (index, condition) in when.enumerated() where !condition.cel.isEmpty {
            findings += host.needs(.celExpressions, at: "cel").at("when", index)
        }
        return findings
    }

    private func devices(_ devices: [JSONValue]) -> HostFindings {
        devices.isEmpty
            ? .none : .refused("block devices cannot be given to a step", at: "volumeDevices")
    }

    /// Variables take their values from what a host has.
    func environment(_ variables: [EnvironmentVariable]) -> HostFindings {
        var findings = HostFindings.none
        for (index, variable) in variables.enumerated() {
            guard let source = variable.source else { continue }
            var found = HostFindings.none
            for field in source.uninterpreted.keys.sorted() {
                found += .refused(
                    "variable `\(variable.name)` takes its value from `\(field)`, which only a"
                        + " cluster has",
                    at: field
                )
            }
            if let field = source.fieldReference, !Self.isKnown(field: field.fieldPath),
                !Self.addresses.contains(field.fieldPath)
            {
                found += Self.unknown(field: field.fieldPath, at: "fieldRef.fieldPath")
            }
            findings += found.at("valueFrom").at("env", index)
        }
        return findings
    }

    /// Addresses of the pod and its node, which are the host's own; for variables only, as in Kubernetes.
    private static let addresses: Set<String> = [
        "status.podIP", "status.podIPs", "status.hostIP", "status.hostIPs",
    ]

    /// Fields of the pod that mean something without one.
    static func isKnown(field path: String) -> Bool {
        let known = ["metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels"]
        return known.contains(path) || path == "metadata.annotations"
            || path == "spec.serviceAccountName" || path == "spec.nodeName"
            || path.hasPrefix("metadata.labels['") || path.hasPrefix("metadata.annotations['")
    }

    static func unknown(field path: String, at field: String) -> HostFindings {
        .refused("there is no pod to take `\(path)` from", at: field)
    }

    /// Privileges that a step cannot have.
    func security(_ context: SecurityContext?) -> HostFindings {
        guard let context else { return .none }
        var findings = HostFindings.none
        if context.isPrivileged == true {
            findings += .refused(
                "a privileged step would have the whole host",
                at: "privileged"
            )
        }
        for (index, name) in (context.capabilities?.added ?? []).enumerated()
        where !Self.containerCapabilities.contains(name) {
            findings += .refused(
                "capability `\(name)` would reach beyond the step's own world",
                at: "capabilities.add[\(index)]"
            )
        }
        for field in context.uninterpreted.keys.sorted() {
            findings += security(field, context.uninterpreted[field]?["type"]?.string)
        }
        return findings.at("securityContext")
    }

    /// What a step has anyway, as containers do; naming it is harmless.
    private static let containerCapabilities: Set<String> = [
        "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
        "NET_BIND_SERVICE", "SYS_CHROOT", "MKNOD", "AUDIT_WRITE", "SETFCAP",
    ]

    private func security(_ field: String, _ type: String?) -> HostFindings {
        switch field {
        case "windowsOptions":
            .refused("`windowsOptions` cannot be honoured on Linux", at: field)
        case "seccompProfile" where type == "RuntimeDefault":
            .none
        case "seccompProfile", "procMount":
            .refused("`\(field)` cannot be changed on a host", at: field)
        default: .idle("`\(field)` has no effect on a host", at: field)
        }
    }
}
