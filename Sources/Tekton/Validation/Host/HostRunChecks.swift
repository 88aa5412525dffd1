// SPDX-License-Identifier: Apache-2.0

/// What a host cannot do of a run or a pipeline.
struct HostRunChecks {
    var host: HostValidation

    func taskRun(_ run: TaskRunSpec) -> HostFindings {
        var findings = HostFindings.none
        if let reference = run.taskReference {
            findings += self.reference(reference, ofRun: true).at("taskRef")
        }
        if let task = run.taskSpec {
            findings += HostTaskChecks(host: host).task(task).at("taskSpec")
        }
        findings += workspaces(run.workspaces)
        if run.debug?.breakpoints != nil {
            findings += host.needs(.breakpoints, at: "debug.breakpoints")
        }
        findings += podTemplate(run.podTemplate)
        findings += manager(run.managedBy)
        return findings
    }

    func pipeline(_ pipeline: PipelineSpec) -> HostFindings {
        var findings = HostFindings.none
        for (section, tasks) in [("tasks", pipeline.tasks), ("finally", pipeline.finally)] {
            for (index, task) in tasks.enumerated() {
                findings += self.task(task).at(section, index)
            }
        }
        return findings
    }

    func pipelineRun(_ run: PipelineRunSpec) -> HostFindings {
        var findings = HostFindings.none
        if let reference = run.pipelineReference, !reference.resolver.isEmpty {
            findings += host.needs(
                .pipelineResolvers,
                resolver: reference.resolver,
                at: "pipelineRef.resolver"
            )
        }
        if let pipeline = run.pipelineSpec {
            findings += self.pipeline(pipeline).at("pipelineSpec")
        }
        findings += workspaces(run.workspaces)
        findings += podTemplate(run.taskRunTemplate.podTemplate).at("taskRunTemplate")
        for (index, spec) in run.taskRunSpecs.enumerated() {
            findings += podTemplate(spec.podTemplate).at("taskRunSpecs", index)
        }
        findings += manager(run.managedBy)
        return findings
    }

    private func task(_ task: PipelineTask) -> HostFindings {
        var findings = HostTaskChecks(host: host).conditions(task.when)
        if let reference = task.taskReference {
            findings += self.reference(reference).at("taskRef")
        }
        if let spec = task.taskSpec {
            findings +=
                spec.apiVersion.isEmpty
                ? HostTaskChecks(host: host).task(spec.task).at("taskSpec")
                : customTask(spec.kind, at: "taskSpec.kind")
        }
        if task.pipelineReference != nil {
            findings += host.needs(.childPipelines, at: "pipelineRef")
            if let resolver = task.pipelineReference?.resolver, !resolver.isEmpty {
                findings += host.needs(
                    .pipelineResolvers,
                    resolver: resolver,
                    at: "pipelineRef.resolver"
                )
            }
        }
        if let pipeline = task.pipelineSpec {
            findings += host.needs(.childPipelines, at: "pipelineSpec")
            findings += self.pipeline(pipeline).at("pipelineSpec")
        }
        return findings
    }

    /// What a reference names: a custom task by a kind and its API, which for a TaskRun means nothing.
    private func reference(_ reference: TaskReference, ofRun isRun: Bool = false) -> HostFindings {
        if !reference.resolver.isEmpty {
            return host.needs(.taskResolvers, resolver: reference.resolver, at: "resolver")
        }
        let isCustom = !isRun && !reference.apiVersion.isEmpty && !reference.kind.isEmpty
        guard isCustom else { return .none }
        return customTask(reference.kind, at: "kind")
    }

    private func customTask(_ kind: String, at path: String) -> HostFindings {
        .refused("custom tasks of kind `\(kind)` need a controller of their own", at: path)
    }

    private func workspaces(_ bindings: [WorkspaceBinding]) -> HostFindings {
        var findings = HostFindings.none
        for (index, binding) in bindings.enumerated() {
            findings += HostVolumeChecks(host: host).binding(binding).at("workspaces", index)
        }
        return findings
    }

    private func manager(_ manager: String?) -> HostFindings {
        guard let manager, manager != "tekton.dev/pipeline" else { return .none }
        return .refused("the run is left to another controller, `\(manager)`", at: "managedBy")
    }

    private func podTemplate(_ template: PodTemplate?) -> HostFindings {
        guard let template else { return .none }
        var findings = HostTaskChecks(host: host).environment(template.environment)
        for (index, volume) in template.volumes.enumerated() {
            findings += HostVolumeChecks(host: host).volume(volume).at("volumes", index)
        }
        for field in template.uninterpreted.keys.sorted() {
            switch field {
            case "hostAliases": findings += host.needs(.hostAliases, at: field)
            case "dnsConfig", "dnsPolicy", "runtimeClassName", "hostUsers":
                findings += .refused("`\(field)` cannot be changed on a host", at: field)
            default: findings += .idle("`\(field)` has no effect on a host", at: field)
            }
        }
        for field in (template.securityContext?.uninterpreted ?? [:]).keys.sorted() {
            findings += podSecurity(field).at("securityContext")
        }
        return findings.at("podTemplate")
    }

    private func podSecurity(_ field: String) -> HostFindings {
        switch field {
        case "sysctls", "windowsOptions":
            .refused("`\(field)` cannot be changed on a host", at: field)
        default: .idle("`\(field)` has no effect on a host", at: field)
        }
    }
}
