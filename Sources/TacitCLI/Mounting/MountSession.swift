// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Redaction
internal import RunEngine
internal import RunRecords
internal import Secrets
internal import Tekton

/// One `tacit mount`, from its record to the end of the mount.
struct MountSession {
    var arguments: Arguments
    var context: CommandContext
    /// As the user gave it.
    var directory: String
    var users: Set<UInt32>
    var rotation: GoDuration?

    func run() async throws -> ExitCode {
        let redactor = Redactor()
        let configuration = try context.configuration()
        let state = try context.directories().state
        let auditKey = try context.openSecrets(in: state, configuration)
        let classes = ClassSecrets(arguments, context, files: arguments.operands)
        let secretClass = try classes.theClass(registering: redactor)
        let place = try MountPoint(directory, in: state)
        defer { place.close() }
        let factory = try context.stores(
            local: try localStore(in: state, auditKey),
            configuration: configuration,
            redactor: redactor
        )
        async let recovery: Void = factory.recover()
        // Ends, cancelled, with this function.
        async let _ = factory.maintain()
        let record = try context.createRecord(of: "mount", in: state, auditKey, configuration)
        var observers: [any RunObserver] = [record.events, NoteOutput(terminal: context.terminal)]
        if configuration.copiesToJournal {
            observers.append(try SystemJournal(record.identifier, terminal: context.terminal))
        }
        let journal = RunJournal(
            observers: observers,
            redactor: redactor,
            clock: .system
        )
        let mount = SecretMount(
            SecretMount.Subject(
                secretClass: secretClass,
                serviceAccount: classes.serviceAccount,
                directory: place.path,
                users: users,
                rotation: rotation?.duration
            ),
            redactor: redactor,
            journal: journal,
            auditKey: auditKey
        )
        let code: ExitCode
        do {
            try journal.emit(.runStarted(started(record, secretClass)))
            code = try await serve(mount, at: place, from: factory, secretClass, record, redactor)
        } catch {
            finish(journal, "Failed", .hostLacking)
            throw error
        }
        await recovery
        for error in await factory.close() {
            context.terminal.note("tacit: warning: \(redactor.redact("\(error)"))")
        }
        finish(journal, code == .storeFailed ? "Failed" : "Stopped", code)
        return code
    }

    /// Mounts, waits for a signal, and takes the mount away.
    private func serve(
        _ mount: SecretMount,
        at place: MountPoint,
        from factory: SecretStoreFactory,
        _ secretClass: SecretProviderClass,
        _ record: RunDirectory,
        _ redactor: Redactor
    ) async throws -> ExitCode {
        let files: [String]
        do {
            let store = try factory.store(for: secretClass.provider, local: arguments.has(.store))
            files = try await mount.prepare(from: store)
        } catch RunFailure.store(let errors) {
            return refused(errors)
        } catch let error as SecretStoreError {
            return refused([error])
        }
        for warning in redactor.warnings { context.terminal.note("tacit: warning: \(warning)") }
        let (signals, continuation) = AsyncStream.makeStream(of: Signal.self)
        context.interruption.handle { continuation.yield($0) }
        do {
            try place.records.add(record.identifier, at: place.path)
            try mount.attach()
        } catch {
            place.records.remove(record.identifier)
            throw CommandFailure(.hostLacking, "cannot mount at `\(place.path)`: \(error)")
        }
        let rotation = Task { await mount.rotate() }
        let count = files.count == 1 ? "1 file" : "\(files.count) files"
        context.terminal.note(
            "tacit: \(count) of class `\(secretClass.name)` at \(place.path), until Ctrl-C "
                + "(run \(record.identifier))"
        )
        let signal = await signals.first { _ in true }
        rotation.cancel()
        do {
            try mount.close()
        } catch {
            context.terminal.note("tacit: warning: \(error)")
        }
        place.records.remove(record.identifier)
        await rotation.value
        return ExitCode(endedBy: signal ?? .terminate)
    }

    private func refused(_ errors: [SecretStoreError]) -> ExitCode {
        context.terminal.report(StoreDiagnostics.make(errors))
        return .storeFailed
    }

    private func localStore(
        in state: String,
        _ key: AuditKey
    ) throws(CommandFailure) -> LocalStore {
        do {
            return try LocalStore(
                stateDirectory: state,
                environment: context.environment,
                auditKey: key
            )
        } catch {
            throw CommandFailure(error)
        }
    }

    private func started(
        _ record: RunDirectory,
        _ secretClass: SecretProviderClass
    ) -> RunEvent.RunStarted {
        RunEvent.RunStarted(
            run: record.identifier.text,
            kind: "Mount",
            name: secretClass.name,
            namespace: secretClass.namespace,
            uid: "",
            serviceAccount: ClassSecrets(arguments, context, files: []).serviceAccount,
            files: arguments.operands
        )
    }

    private func finish(_ journal: RunJournal, _ reason: String, _ code: ExitCode) {
        try? journal.emit(
            .runFinished(
                status: reason == "Failed" ? "False" : "True",
                reason: reason,
                exitCode: code.rawValue
            )
        )
    }
}
