// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// Refuses, before anything runs, what Tekton accepts and a host cannot do, naming the field.
///
/// What is refused is an error; what merely says nothing on one host, such as scheduling, is a warning.
/// Each function looks at the fields of its own document. A run whose Task or StepActions are documents of
/// their own is fit for the host when all of them are.
package struct HostValidation: Sendable {
    /// What this build can do of what is optional.
    package var features: Set<HostFeature>
    /// The host's directories that the user lets volumes name, each with everything below it.
    package var hostPaths: [String]
    /// The CSI drivers whose volumes can be served.
    package var csiDrivers: Set<String>

    /// A build with these abilities and the user's permissions.
    package init(
        features: Set<HostFeature>,
        hostPaths: [String] = [],
        csiDrivers: Set<String> = ["secrets-store.csi.k8s.io"]
    ) {
        self.features = features
        self.hostPaths = hostPaths
        self.csiDrivers = csiDrivers
    }

    /// The steps, sidecars and volumes of a Task.
    package func check(_ task: ValidatedTask) -> [Diagnostic] {
        HostTaskChecks(host: self).task(task.definition.spec).at("spec")
            .diagnostics(in: task.manifest)
    }

    /// A TaskRun's bindings and pod template, and the task written within it.
    package func check(_ run: ValidatedTaskRun) -> [Diagnostic] {
        HostRunChecks(host: self).taskRun(run.definition.spec).at("spec")
            .diagnostics(in: run.manifest)
    }

    /// The variables and privileges of a StepAction.
    package func check(_ action: ValidatedStepAction) -> [Diagnostic] {
        let spec = action.definition.spec
        let checks = HostTaskChecks(host: self)
        var findings = checks.environment(spec.environment)
        findings += checks.security(spec.securityContext)
        return findings.at("spec").diagnostics(in: action.manifest)
    }

    /// The tasks of a Pipeline, and those written within it.
    package func check(_ pipeline: ValidatedPipeline) -> [Diagnostic] {
        HostRunChecks(host: self).pipeline(pipeline.definition.spec).at("spec")
            .diagnostics(in: pipeline.manifest)
    }

    /// A PipelineRun's bindings and pod templates, and the pipeline written within it.
    package func check(_ run: ValidatedPipelineRun) -> [Diagnostic] {
        HostRunChecks(host: self).pipelineRun(run.definition.spec).at("spec")
            .diagnostics(in: run.manifest)
    }

    /// Nothing when the feature is there, else its refusal.
    func needs(_ feature: HostFeature, at path: String) -> HostFindings {
        if features.contains(feature) { return .none }
        return .refused(
            "\(feature.noun) are not supported on a host yet",
            at: path,
            hint: feature.hint
        )
    }

    /// Nothing when there is such a resolver on a host, else its refusal.
    func needs(_ feature: HostFeature, resolver: String, at path: String) -> HostFindings {
        guard features.contains(feature) else { return needs(feature, at: path) }
        if ReferenceRequest.resolvers.contains(resolver) { return .none }
        let known = ReferenceRequest.resolvers.sorted().map { "`\($0)`" }
        return .refused(
            "resolver `\(resolver)` is not on a host; what is: \(known.joined(separator: ", "))",
            at: path,
            hint: feature.hint
        )
    }

    /// Whether the configuration lets a volume name that directory.
    func allows(hostPath path: String) -> Bool {
        let path = CleanPath.of(path)
        return hostPaths.map(CleanPath.of).contains { allowed in
            path == allowed || path.hasPrefix(allowed == "/" ? "/" : allowed + "/")
        }
    }
}
