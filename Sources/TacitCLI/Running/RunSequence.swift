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
    var plans: [RunPlan]
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
        try checkLogDirectories(logs)
        if configuration.copiesToJournal { try SystemJournal.check() }
        let bound = request.boundDirectories
        let locks = try WorkspaceLocks(bound)
        let beginning = Int(WallClock.system.now().nanoseconds / 1_000_000_000)
        defer { withExtendedLifetime(locks) {} }
        let key = try context.openSecrets(in: state, configuration)
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
        let proof = RunProof(redactor)
        let lending = stores
        // Ends, cancelled, with this function.
        async let _ = lending?.maintain()
        let streams = RunStreams(
            terminal: context.terminal,
            format: writer.format,
            logDirectory: logs,
            proof: proof,
            hasTimestamps: request.hasTimestamps || configuration.hasTimestamps,
            isInCI: context.isInCI,
            clock: .system
        )
        var finished: [FinishedRun] = []
        for plan in plans {
            if finished.last?.signal != nil { break }
            let directory = try context.createRecord(of: "run", in: state, key, configuration)
            let tally = AccessTally()
            let journal = try journal(for: directory, plan, tally)
            // A refusal is kept by the journal, and ends the run before its first step.
            try? start(plan, directory, journal)
            var run: FinishedRun
            if let failure {
                run = refused(plan, failure, signal: control.signal)
            } else {
                run = await self.run(plan, session, journal, streams, control)
            }
            let proven = await prove(
                &run.condition,
                &run.objects,
                directory,
                logs,
                with: proof,
                tally
            )
            finish(plan, run, directory, journal, proven)
            if failure == nil { tell(proven) }
            finished.append(run)
        }
        rotation.cancel()
        await rotation.value
        await session.close()
        for error in await stores?.close() ?? [] {
            context.terminal.note("tacit: warning: \(redactor.redact("\(error)"))")
        }
        writer.write(
            finished.flatMap(\.objects),
            asList: plans.count > 1 || request.showsChildren
        )
        // Large directories take their time.
        let left = Set(bound.map(\.path)).flatMap { PrivilegedFiles.left(in: $0, since: beginning) }
        if let warning = PrivilegedFiles.warning(left) {
            context.terminal.note("tacit: warning: \(redactor.redact(warning))")
        }
        return finished.lazy.map { ExitCode(of: $0) }.first { $0 != .success } ?? .success
    }

    private func run(
        _ plan: RunPlan,
        _ session: RunSession,
        _ journal: RunJournal,
        _ output: RunStreams,
        _ control: RunControl
    ) async -> FinishedRun {
        switch plan {
        case .taskRun(let plan):
            let outcome = await session.run(
                plan,
                journal: journal,
                output: output,
                control: control
            )
            return FinishedRun(
                condition: outcome.status.condition,
                results: outcome.status.results,
                objects: [plan.json(with: outcome.status)],
                failure: outcome.failure,
                signal: outcome.signal
            )
        case .pipelineRun(let plan):
            let isObject = writer.format == .json || writer.format == .yaml
            let outcome = await session.run(
                plan,
                journal: journal,
                output: output,
                control: control,
                keepsChildren: isObject && request.showsChildren
            )
            let children = outcome.children.map { bytes in
                guard let object = try? JSONValue.parse(bytes) else {
                    preconditionFailure("what was serialized can be parsed")
                }
                return object
            }
            return FinishedRun(
                condition: outcome.status.condition,
                results: outcome.status.results,
                objects: [plan.json(with: outcome.status)] + children,
                failure: outcome.failure,
                signal: outcome.signal
            )
        }
    }

    private func checkLogDirectories(_ logs: LogDirectory?) throws(CommandFailure) {
        guard let logs else { return }
        let names = plans.flatMap(\.taskRunNames)
        var known: Set<String> = []
        if let twice = names.first(where: { !known.insert($0).inserted }) {
            throw .usage("two runs are called `\(twice)`, so their logs cannot share a directory")
        }
        // A run makes its directory with its first step; what is in its way is told before anything runs.
        for name in names {
            do {
                try logs.check(taskRun: name)
            } catch {
                throw .usage("cannot log into `\(error.subject)`: \(error.code)")
            }
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
                plans.flatMap(\.secretUsers),
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
}
