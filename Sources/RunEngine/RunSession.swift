// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
package import Platform
package import Redaction
package import Sandbox
internal import SecretFS
package import Secrets
internal import Synchronization
internal import Tekton

/// What all runs of one command share: the launcher, the secret filesystem, the redactor, the values.
///
/// In order: `prepare` fetches every secret that any of the plans names, all or nothing, before the
/// first step of the first run; `run` runs one plan; `close` ends everything.
package final class RunSession: Sendable {
    /// What `prepare` makes and everything later only reads.
    private struct Prepared {
        var catalog = ObjectCatalog()
        /// What each plan's classes came to, by plan uid.
        var loaded: [String: SecretLoader.Loaded] = [:]
        /// Directories of the host that steps cannot write to, though they look as if.
        var readOnlyDirectories: [String] = []
        /// What the stores have answered.
        var answers = SecretLoader.Answers()
        var stores: SecretStoreSelection?

        /// Adds the Secrets that a plan's classes are synced into.
        mutating func addSynced(of plan: TaskRunPlan) {
            for (name, secret) in loaded[plan.uid]?.synced ?? [:] {
                let use = SecretUse(type: secret.type, annotations: secret.annotations)
                catalog.addSecret(name, in: plan.namespace, secret.data, use: use)
            }
        }
    }

    let launcher: Launcher
    let redactor: Redactor
    let addedMasks: AddedMasks
    let filesystem: SecretFilesystem
    let settings: RunSettings
    let clock: WallClock
    let randomness: RandomBytes
    /// Asks stores again for what may have changed.
    let watch: SecretWatch
    private let versions: CurrentVersions
    /// Shared by all TaskRuns of a PipelineRun.
    let slots: TaskSlots
    private let auditKey: AuditKey
    private let prepared = Mutex(Prepared())
    private let journals: JournalTable
    private let started = Atomic(false)

    package init(
        launcher: Launcher,
        redactor: Redactor,
        settings: RunSettings,
        auditKey: AuditKey,
        clock: WallClock = .system,
        randomness: RandomBytes = .system
    ) {
        self.auditKey = auditKey
        self.launcher = launcher
        self.redactor = redactor
        addedMasks = AddedMasks(redactor)
        self.settings = settings
        self.clock = clock
        self.randomness = randomness
        slots = TaskSlots(count: settings.parallelTasks)
        let journals = JournalTable()
        self.journals = journals
        let filesystem = SecretFilesystem { file in journals.recorder(of: file) }
        self.filesystem = filesystem
        let versions = CurrentVersions()
        self.versions = versions
        watch = SecretWatch(
            auditKey: auditKey,
            clock: clock,
            reports: SecretWatch.Reports(
                register: { version in redactor.register(version) },
                replace: { versions.replace(with: $0, in: filesystem) },
                emit: { event, taskRuns in journals.emit(event, toRunsOf: taskRuns) }
            )
        )
    }

    /// Whether any step of the session has started.
    var stepHasStarted: Bool { started.load(ordering: .relaxed) }

    func noteStepStarted() { started.store(true, ordering: .relaxed) }

    /// With the values that count now.
    var catalog: ObjectCatalog {
        prepared.withLock { $0.catalog }.replacingSecrets(versions.current)
    }

    /// The files of the classes that a plan's volumes name, by volume name.
    func files(for plan: TaskRunPlan) -> [String: [FetchedSecret]] {
        prepared.withLock { $0.loaded[plan.uid]?.files ?? [:] }
    }
}

extension RunSession {
    /// Fetches the secrets of every plan and registers them with the redactor, then readies the launcher
    /// and the secret filesystem.
    ///
    /// Throws `RunFailure.store` with every refusal when any object of any class cannot be had, and
    /// `RunFailure.host` when this host lacks something. Nothing has run then.
    package func prepare(
        _ plans: [TaskRunPlan],
        objects: ConfiguredObjects,
        stores: @escaping SecretStoreSelection
    ) async throws(RunFailure) {
        do {
            var made = Prepared()
            try load(objects, into: &made.catalog)
            let loader = SecretLoader(session: self, stores: stores, auditKey: auditKey)
            made.stores = stores
            made.loaded = try await loader.load(for: plans, &made.answers)
            for plan in plans { made.addSynced(of: plan) }
            let ready = made
            prepared.withLock { $0 = ready }
            let readOnly = try await launcher.configure(
                hidden: settings.hiddenDirectories,
                overlayByteLimit: settings.overlayByteLimit,
                memoryByteLimit: settings.memoryByteLimit,
                processLimit: settings.processLimit
            )
            prepared.withLock { $0.readOnlyDirectories = readOnly }
            let descriptor = try await launcher.mountSecretFilesystem()
            try filesystem.serve(descriptor)
        } catch {
            throw RunFailure(error, stepHasRun: false)
        }
    }

    private func load(_ objects: ConfiguredObjects, into catalog: inout ObjectCatalog) throws {
        for secret in objects.secrets {
            let values = try secret.load(auditKey: auditKey)
            for version in values.values { register(version) }
            catalog.addSecret(secret.name, in: secret.namespace, values, use: secret.use)
        }
        for account in objects.accounts {
            catalog.addAccount(account.name, in: account.namespace, secrets: account.secrets)
        }
        for configMap in objects.configMaps {
            catalog.addConfigMap(
                configMap.name,
                in: configMap.namespace,
                try configMap.load(auditKey: nil)
            )
        }
    }

    /// From its return on, no stream of the session lets the value through.
    func register(_ version: SecretVersion) { redactor.register(version) }

    /// Makes a tree visible, with the versions that count now.
    func publish(_ tree: StepWorldBuilder.Publication) throws(SecretFSError) {
        try versions.publish(tree, in: filesystem)
    }

    /// Asks stores again, in the background, for what is to be rotated or is leased; ends when the task is
    /// cancelled.
    package func rotate() async { await watch.run() }

    /// Runs one plan to its end.
    package func run(
        _ plan: TaskRunPlan,
        journal: RunJournal,
        output: any RunOutput,
        control: RunControl
    ) async -> RunOutcome {
        for event in fetches(for: plan) {
            // A refusal is kept by the journal, and ends the run.
            try? journal.emit(.secretsFetched(event))
        }
        tellReadOnlyDirectories(journal)
        return await run(plan, journal: journal, output: output, control: control, claims: [:])
    }

    /// Runs one plan to its end, with the volumes that it shares with others.
    func run(
        _ plan: TaskRunPlan,
        journal: RunJournal,
        output: any RunOutput,
        control: RunControl,
        claims: [String: SharedClaim]
    ) async -> RunOutcome {
        journals.add(journal, for: plan.name)
        let runner = TaskRunner(
            session: self,
            plan: plan,
            journal: journal,
            output: output,
            control: control,
            claims: claims
        )
        let outcome = await runner.run()
        journals.end(plan.name)
        return outcome
    }

    /// Says what an ordinary user's steps will wonder at.
    private func tellReadOnlyDirectories(_ journal: RunJournal) {
        let readOnly = prepared.withLock { $0.readOnlyDirectories }
        if readOnly.isEmpty { return }
        // A refusal is kept by the journal, and ends the run.
        try? journal.emit(
            .noted(
                "an ordinary user's steps find read-only, as others are mounted in it: "
                    + readOnly.map { "`\($0)`" }.joined(separator: ", ")
            )
        )
    }

    /// Runs a PipelineRun to its end.
    ///
    /// `keepsChildren` is whether the objects of its TaskRuns are wanted, which takes memory.
    package func run(
        _ plan: PipelineRunPlan,
        journal: RunJournal,
        output: any RunOutput,
        control: RunControl,
        keepsChildren: Bool
    ) async -> PipelineRunOutcome {
        tellReadOnlyDirectories(journal)
        return await PipelineRunner(
            session: self,
            plan: plan,
            journal: journal,
            output: output,
            control: control,
            keepsChildren: keepsChildren
        ).run()
    }

    /// Ends every step that may be left, the filesystem and the launcher; idempotent.
    package func close() async {
        await launcher.shutDown()
        filesystem.stop()
    }
}

// MARK: Secrets of the runs that a PipelineRun makes

extension RunSession {
    /// What was fetched for a plan.
    func fetches(for plan: TaskRunPlan) -> [RunEvent.SecretsFetched] {
        prepared.withLock { $0.loaded[plan.uid]?.events ?? [] }
    }

    /// Makes the secrets of a plan ready whose classes were not all known at the start; fetches what no plan
    /// before it had.
    ///
    /// Returns what was fetched. Throws `RunFailure.store` with every refusal.
    func fetchLate(
        for plan: TaskRunPlan
    ) async throws(RunFailure) -> [RunEvent.SecretsFetched] {
        if plan.secretClasses.isEmpty { return [] }
        let (stores, known) = prepared.withLock { ($0.stores, $0.answers) }
        guard let stores else { preconditionFailure("a session is prepared before it runs") }
        let loader = SecretLoader(session: self, stores: stores, auditKey: auditKey)
        do {
            var answers = known
            let loaded = try await loader.load(for: [plan], &answers)
            let all = answers
            prepared.withLock { prepared in
                prepared.answers.merge(all)
                prepared.loaded.merge(loaded) { _, new in new }
                prepared.addSynced(of: plan)
            }
            return all.events(besides: known)
        } catch {
            throw RunFailure(error, stepHasRun: stepHasStarted)
        }
    }

    /// Lets go of what was kept for a plan that has run.
    func forget(_ plan: TaskRunPlan) {
        prepared.withLock { $0.loaded[plan.uid] = nil }
    }
}
