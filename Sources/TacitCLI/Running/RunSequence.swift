// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Git
internal import JSON
internal import Platform
internal import Redaction
internal import RunEngine
internal import RunRecords
internal import Secrets
internal import Tekton

/// Runs the plans of one command: fetches their secrets, runs one after the other, writes what came
/// of them.
struct RunSequence {
    var request: RunArguments
    var input: RunInput
    var plans: [TaskRunPlan]
    /// The files that the plans come from.
    var sources: SourceReport
    var configuration: Configuration
    var settings: RunSettings
    var directories: StateDirectory
    var context: CommandContext
    var redactor: Redactor
    var writer: RunResultWriter
    /// The workspaces that are cloned first.
    var repositories: GitWorkspaces

    /// The code of the first run that did not succeed.
    func run() async throws -> ExitCode {
        guard let launcher = context.launcher else {
            preconditionFailure("a command that starts steps is given the launcher")
        }
        let control = RunControl()
        let line = GitProgressLine(context.terminal)
        let cloning = GitOperation { line.show($0) }
        context.interruption.handle {
            control.interrupt(signal: $0.rawValue)
            cloning.cancel()
        }
        let state = directories.state
        let logs = request.logDirectory.map {
            LogDirectory(path: $0, byteLimit: configuration.logByteLimit)
        }
        try createLogDirectories(logs)
        if configuration.copiesToJournal { try SystemJournal.check() }
        let locks = try WorkspaceLocks(request.boundDirectories)
        defer { withExtendedLifetime(locks) {} }
        let key = try openSecrets(in: state)
        for directory in MountRecords(in: state).cleanUp() {
            context.terminal.note(
                "tacit: took away what a killed `tacit mount` left at \(directory)"
            )
        }
        let session = RunSession(
            launcher: launcher,
            redactor: redactor,
            settings: settings,
            auditKey: key
        )
        var stores: SecretStoreFactory?
        var failure = await prepare(session, state, key, &stores)
        if failure == nil, !repositories.isEmpty {
            failure = try await clone(session, cloning, line)
        }
        defer { repositories.remove() }
        if case .store(let errors) = failure { sources.report(StoreDiagnostics.make(errors)) }
        let rotation = Task { await session.rotate() }
        var outcomes: [(outcome: RunOutcome, objects: [JSONValue])] = []
        let proof = RunProof(redactor)
        let lending = stores
        // Ends, cancelled, with this function.
        async let _ = lending?.maintain()
        for plan in plans {
            if outcomes.last?.outcome.signal != nil { break }
            let directory = try createRecord(in: state, key)
            let tally = AccessTally()
            let journal = try journal(for: directory, tally)
            // A refusal is kept by the journal, and ends the run before its first step.
            try? start(plan, directory, journal)
            var outcome: RunOutcome
            if let failure {
                outcome = refused(plan, failure, signal: control.signal)
            } else {
                let streams = RunStreams(
                    terminal: context.terminal,
                    format: writer.format,
                    logDirectory: logs,
                    proof: proof,
                    hasTimestamps: request.hasTimestamps || configuration.hasTimestamps,
                    isInCI: context.isInCI,
                    clock: .system
                )
                outcome = await session.run(
                    plan,
                    journal: journal,
                    output: streams,
                    control: control
                )
            }
            var objects = [plan.json(with: outcome.status)]
            let proven = await prove(
                &outcome.status.condition,
                &objects,
                directory,
                logs,
                with: proof,
                tally
            )
            finish(plan, outcome, directory, journal, proven)
            if failure == nil { tell(proven) }
            outcomes.append((outcome, objects))
        }
        rotation.cancel()
        await rotation.value
        await session.close()
        for error in await stores?.close() ?? [] {
            context.terminal.note("tacit: warning: \(redactor.redact("\(error)"))")
        }
        writer.write(outcomes.flatMap(\.objects), asList: plans.count > 1)
        return outcomes.lazy.map { ExitCode(of: $0.outcome) }.first { $0 != .success } ?? .success
    }

    private func createRecord(
        in state: String,
        _ key: AuditKey
    ) throws(CommandFailure) -> RunDirectory {
        do {
            return try RunDirectory(
                creating: RunIdentifier(randomness: .system),
                in: state,
                key: try TrailKey(of: key),
                byteLimit: configuration.recordByteLimit
            )
        } catch {
            throw CommandFailure(.hostLacking, "the run cannot be recorded: \(error)")
        }
    }

    private func createLogDirectories(_ logs: LogDirectory?) throws(CommandFailure) {
        guard let logs else { return }
        let names = plans.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw .usage("two runs are called `\(twice)`, so their logs cannot share a directory")
        }
        // All are looked at before the first is made, so that a refusal leaves nothing behind.
        for (make, name) in names.map({ (false, $0) }) + names.map({ (true, $0) }) {
            do {
                make ? try logs.create(taskRun: name) : try logs.check(taskRun: name)
            } catch {
                throw .usage("cannot log into `\(error.subject)`: \(error.code)")
            }
        }
    }

    /// Readies the locked memory and the key of the records' hashes.
    private func openSecrets(in state: String) throws -> AuditKey {
        do {
            try Directory.create(state, permissions: 0o700)
        } catch {
            throw CommandFailure(.hostLacking, "the state directory: \(error)")
        }
        switch SecureHeap.open(byteCount: configuration.secretByteLimit) {
        case .locked: break
        case .unlocked:
            context.terminal.note(
                "tacit: warning: the memory-lock limit is too small: secrets may be swapped out"
            )
        case .unavailable:
            throw CommandFailure(.hostLacking, "no locked memory can be had for secrets")
        }
        do {
            return try AuditKey.open(stateDirectory: state)
        } catch {
            throw CommandFailure(.hostLacking, "the key of the records: \(error)")
        }
    }

    /// All or nothing: what kept the secrets from being fetched, or the host from being ready.
    private func prepare(
        _ session: RunSession,
        _ state: String,
        _ key: AuditKey,
        _ stores: inout SecretStoreFactory?
    ) async -> RunFailure? {
        let factory: SecretStoreFactory
        do {
            factory = try context.stores(
                local: try LocalStore(
                    stateDirectory: state,
                    environment: context.environment,
                    auditKey: key
                ),
                configuration: configuration,
                redactor: redactor
            )
        } catch {
            let failure = SecretStoreError.Failure("\(error)")
            return .store([SecretStoreError(store: "local store", failures: [failure])])
        }
        stores = factory
        let usesLocalStore = request.usesLocalStore
        async let recovery: Void = factory.recover()
        do throws(RunFailure) {
            try await session.prepare(
                plans,
                objects: input.objects,
                stores: { provider throws(SecretStoreError) in
                    try factory.store(for: provider, local: usesLocalStore)
                }
            )
        } catch {
            return error
        }
        await recovery
        for warning in redactor.warnings { context.terminal.note("tacit: warning: \(warning)") }
        return nil
    }

    /// Clones the workspaces that are repositories.
    private func clone(
        _ session: RunSession,
        _ operation: GitOperation,
        _ line: GitProgressLine
    ) async throws(CommandFailure) -> RunFailure? {
        try repositories.prepare()
        do throws(RunFailure) {
            let notes = try await session.clone(
                repositories.items,
                for: plans,
                access: GitAccess(configuration, environment: context.environment),
                cache: MirrorCache(directory: "\(directories.cache)/git"),
                operation: operation
            )
            line.finish()
            for note in notes { context.terminal.note("tacit: \(redactor.redact(note))") }
            return nil
        } catch {
            line.finish()
            return error
        }
    }

    private func journal(
        for directory: RunDirectory,
        _ tally: AccessTally
    ) throws(CommandFailure) -> RunJournal {
        var observers: [any RunObserver] = [
            directory.events, tally, NoteOutput(terminal: context.terminal),
        ]
        if configuration.copiesToJournal {
            observers.append(
                try SystemJournal(directory.identifier, terminal: context.terminal)
            )
        }
        if writer.format == .events { observers.append(EventOutput(terminal: context.terminal)) }
        return RunJournal(observers: observers, redactor: redactor, clock: .system)
    }

    private func start(
        _ plan: TaskRunPlan,
        _ directory: RunDirectory,
        _ journal: RunJournal
    ) throws {
        try journal.emit(
            .runStarted(
                RunEvent.RunStarted(
                    run: directory.identifier.text,
                    kind: "TaskRun",
                    name: plan.name,
                    namespace: plan.namespace,
                    uid: plan.uid,
                    serviceAccount: plan.definition.spec.serviceAccountName,
                    files: sources.files.map(\.name)
                )
            )
        )
    }

    /// A run whose secrets, or whose host, could not be had: no step has run.
    private func refused(
        _ plan: TaskRunPlan,
        _ failure: RunFailure,
        signal: Int32?
    ) -> RunOutcome {
        let now = WallClock.system.now().seconds
        var status = TaskRunStatus(
            condition: Condition(
                .failed,
                reason: "PodCreationFailed",
                message: redactor.redact(failure.description),
                lastTransitionTime: now
            )
        )
        status.startTime = now
        status.completionTime = now
        status.taskSpec = plan.spec
        return RunOutcome(status: status, failure: failure, signal: signal)
    }

    private func finish(
        _ plan: TaskRunPlan,
        _ outcome: RunOutcome,
        _ directory: RunDirectory,
        _ journal: RunJournal,
        _ proven: RunProofOutcome
    ) {
        let condition = outcome.status.condition
        let code = ExitCode(of: outcome)
        try? journal.emit(
            .taskRunFinished(
                name: plan.name,
                status: condition.status.rawValue,
                reason: condition.reason,
                message: condition.message
            )
        )
        try? journal.emit(
            .runFinished(
                status: condition.status.rawValue,
                reason: condition.reason,
                exitCode: code.rawValue,
                audit: proven.audit
            )
        )
        for result in outcome.status.results {
            let value = String(decoding: result.value.json.serialize(), as: UTF8.self)
            context.terminal.note("tacit: result `\(result.name)`: \(redactor.redact(value))")
        }
        let verdict = "TaskRun `\(plan.name)`: \(condition.reason)"
        let isTold = if case .store = outcome.failure { true } else { false }
        if condition.status == .succeeded || isTold {
            context.terminal.note("tacit: \(verdict) (run \(directory.identifier))")
        } else {
            let message = redactor.redact(condition.message)
            context.terminal.note("tacit: \(verdict): \(message) (run \(directory.identifier))")
        }
    }
}
