// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Sandbox
internal import Tekton

/// Runs one TaskRun: its tree, its volumes, its steps in order, its results, its status.
struct TaskRunner {
    var session: RunSession
    var plan: TaskRunPlan
    var journal: RunJournal
    var output: any RunOutput
    var control: RunControl
    /// The volumes that the TaskRun shares with others of its PipelineRun, by the claim's name.
    var claims: [String: SharedClaim] = [:]

    /// Runs once to the end, whatever happens; the status tells how it went.
    func attempt() async -> RunOutcome {
        var progress = TaskProgress(plan: plan)
        let started = session.clock.now().seconds
        var failure: RunFailure?
        do {
            if plan.retryCount == 0 {
                try journal.emit(
                    .taskRunStarted(name: plan.name, uid: plan.uid, task: plan.taskName)
                )
            }
            if let stopped = plan.stopped {
                return plan.outcome(stoppedBy: stopped, at: started)
            }
            if let refusal = plan.refusal {
                progress.refuse(refusal)
            } else {
                try await runSteps(&progress)
            }
        } catch {
            failure = RunFailure(error, stepHasRun: session.stepHasStarted)
        }
        if failure == nil { failure = journal.failure.map { .record($0) } }
        let now = session.clock.now().seconds
        var status = progress.status(at: now)
        if let failure {
            status.condition = Condition(
                .failed,
                reason: "PodCreationFailed",
                message: failure.description
            )
        }
        status.startTime = started
        status.completionTime = now
        status.condition.lastTransitionTime = now
        return RunOutcome(
            status: status,
            failure: failure,
            signal: progress.isCancelled ? control.signal : nil
        )
    }

    private func runSteps(_ progress: inout TaskProgress) async throws {
        let deadline: ContinuousClock.Instant? =
            plan.timeout.nanoseconds > 0 ? .now + plan.timeout.duration : nil
        let directory = try await session.launcher.createTask(
            plan.uid,
            byteLimit: session.settings.taskByteLimit,
            network: session.settings.network
        )
        do {
            try await runSteps(&progress, in: TaskTree(directory: directory), deadline)
        } catch {
            await directory.remove()
            throw error
        }
        await directory.remove()
    }

    private func runSteps(
        _ progress: inout TaskProgress,
        in tree: TaskTree,
        _ deadline: ContinuousClock.Instant?
    ) async throws {
        let runner: StepRunner
        do {
            runner = try stepRunner(in: tree, deadline)
            session.addedMasks.add(runner.inbox, of: plan.name)
        } catch let error as ContainerConfigError {
            progress.refuseConfiguration(of: 0, error, at: session.clock.now().seconds)
            return
        }
        do {
            try await withSidecars(runner, &progress, until: deadline) { progress in
                try await runSteps(&progress, with: runner, deadline)
            }
        } catch {
            try? session.addedMasks.remove(runner.inbox)
            throw error
        }
        try session.addedMasks.remove(runner.inbox)
    }

    private func runSteps(
        _ progress: inout TaskProgress,
        with runner: StepRunner,
        _ deadline: ContinuousClock.Instant?
    ) async throws {
        let tree = runner.tree
        let scripts = try writeScripts(in: tree)
        for (index, step) in plan.steps.enumerated() {
            do {
                try runner.checkConfiguration(of: step)
            } catch let error as ContainerConfigError {
                return progress.refuseConfiguration(
                    of: index,
                    error,
                    at: session.clock.now().seconds
                )
            }
        }
        var ahead: ReadyStep?
        defer { if let ahead { runner.withdraw(ahead) } }
        for index in plan.steps.indices where !progress.isEnded {
            if control.request > .none {
                progress.cancel(because: control.words)
            } else if let deadline, deadline <= .now {
                progress.timeOut()
            } else if progress.hasFailed {
                progress.skip(index, at: session.clock.now().seconds)
                try emitFinished(index, progress)
            } else {
                try await run(
                    index,
                    with: runner,
                    script: scripts[index],
                    in: tree,
                    ahead: &ahead,
                    &progress
                )
            }
        }
    }

    private func stepRunner(
        in tree: TaskTree,
        _ deadline: ContinuousClock.Instant?
    ) throws -> StepRunner {
        let pod = PodIdentity(
            name: plan.podName,
            namespace: plan.namespace,
            uid: plan.uid,
            serviceAccount: plan.definition.spec.serviceAccountName,
            labels: plan.podLabels,
            annotations: plan.definition.metadata.annotations
        )
        let resolver = VolumeResolver(
            catalog: session.catalog,
            classFiles: session.files(for: plan),
            pod: pod,
            claimDirectory: session.settings.claimDirectory
        )
        let credentials =
            session.settings.hasNoCredentials
            ? AccountCredentials()
            : try AccountCredentials(
                ofAccount: plan.definition.spec.serviceAccountName,
                in: plan.namespace,
                session.catalog,
                session.redactor
            )
        if !credentials.missing.isEmpty {
            let names = credentials.missing.map { "`\($0)`" }.joined(separator: ", ")
            try journal.emit(.noted("Secrets of the service account are not there: \(names)"))
        }
        var volumes: [String: TaskVolume] = [:]
        for volume in plan.volumes {
            let claim = claims[volume.persistentVolumeClaim?.claimName ?? ""]
            volumes[volume.name] =
                try plan.hostDirectories[volume.name].map { .host($0) }
                ?? claim.map { .shared($0) } ?? resolver.resolve(volume)
        }
        let directories = volumes.values.compactMap { volume -> String? in
            if case .directory(let path) = volume { path } else { nil }
        }
        try tree.create(steps: plan.steps, volumes: directories.sorted())
        let builder = StepWorldBuilder(
            plan: plan,
            settings: session.settings,
            pod: pod,
            volumes: volumes,
            credentialSecrets: try credentials.secrets.map { name in
                StepWorldBuilder.CredentialSecret(
                    name: name,
                    files: try resolver.files(ofSecret: name)
                )
            }
        )
        return StepRunner(
            session: session,
            builder: builder,
            environment: StepEnvironment(catalog: session.catalog, pod: pod),
            credentials: credentials,
            tree: tree,
            inbox: try MaskInbox(in: tree.directory),
            journal: journal,
            output: output,
            control: control,
            taskDeadline: deadline,
            prefix: "\(plan.uid)a\(plan.retryCount)"
        )
    }

    private func writeScripts(in tree: TaskTree) throws -> [String?] {
        try plan.steps.enumerated().map { index, step in
            guard !step.script.isEmpty else { return nil }
            let suffix = try session.randomness.nameSuffix()
            return try tree.write(script: step.script, named: "script-\(index)-\(suffix)")
        }
    }
}
