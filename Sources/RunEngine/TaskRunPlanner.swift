// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import Secrets
internal import Tekton

/// Makes the plan of one TaskRun.
struct TaskRunPlanner {
    var planner: RunPlanner
    var candidate: RunPlanner.Candidate

    /// The plan, and what is wrong with what was asked for.
    func plan() throws -> (TaskRunPlan, [Diagnostic]) {
        var definition = candidate.definition
        if definition.metadata.name.isEmpty {
            definition.metadata.name =
                definition.metadata.generateName + (try planner.randomness.nameSuffix())
        }
        definition.metadata.namespace = planner.namespace(of: definition.metadata)
        if let account = planner.options.serviceAccount {
            definition.spec.serviceAccountName = account
        }
        let identity = identity(of: definition)
        if let timeout = planner.options.timeout {
            definition.spec.timeout = GoDuration(nanoseconds: timeout.nanoseconds)
        }
        let declared = candidate.task?.definition.spec ?? definition.spec.taskSpec ?? TaskSpec()
        let title = candidate.task?.definition.metadata.name ?? definition.metadata.name
        let values = CommandLineValues(
            options: planner.options,
            title: "Task `\(title)`",
            tellsMissing: candidate.pipelineTask == nil
        )
        var diagnostics = values.apply(declared: declared.params, to: &definition.spec.params)
        let (hostDirectories, problems) = values.apply(
            declared: declared.workspaces.map(\.name),
            to: &definition.spec.workspaces
        )
        diagnostics += problems
        if let task = candidate.task {
            definition.metadata.labels["tekton.dev/task"] = task.definition.metadata.name
        }
        let taskName = candidate.task?.definition.metadata.name ?? definition.metadata.name
        let uid = try planner.randomness.uuid()
        let actions = StepActionResolver(
            planner: planner,
            candidate: candidate,
            definition: definition
        ).resolve(declared)
        diagnostics += actions.diagnostics
        var plan = TaskRunPlan(
            definition: definition,
            uid: uid,
            taskName: taskName,
            declared: actions.spec,
            workspaceDirectories: candidate.workspaceDirectories.merging(hostDirectories) { $1 },
            timeout: definition.spec.timeout ?? GoDuration(nanoseconds: 3_600_000_000_000)
        )
        plan.identity = identity
        plan.source = candidate.source
        plan.gates = planner.settings.gates
        plan.hasNoCredentials = planner.settings.hasNoCredentials
        plan.stepSources = actions.sources
        plan.pipelineTask = candidate.pipelineTask
        // What does not begin needs nothing.
        if plan.stopped != nil { return (plan, []) }
        plan.refusal =
            actions.refusal
            ?? RunPreconditions(
                declared: actions.spec,
                definition: definition,
                taskName: taskName,
                isEmbedded: candidate.task == nil
            ).refusal
        for binding in definition.spec.workspaces {
            let suffix = try planner.randomness.nameSuffix()
            plan.workspaceVolumes[binding.name] = "ws-\(binding.name)-\(suffix)"
        }
        plan.resolve()
        diagnostics += HostRequirements(
            plan: plan,
            candidate: candidate,
            documents: planner.documents,
            namespace: planner.namespace(of:),
            settings: planner.settings
        ).check(&plan)
        return (plan, diagnostics)
    }

    /// A file from a repository must not choose as whom the host asks for secrets.
    private func identity(of definition: TaskRunDefinition) -> String {
        if let account = planner.options.serviceAccount { return account }
        let account = definition.spec.serviceAccountName
        let name = "\(definition.metadata.namespace)/\(account)"
        return planner.settings.serviceAccounts.contains(name) ? account : "default"
    }
}

extension Duration {
    /// In whole nanoseconds.
    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
