// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import Redaction
internal import RunEngine
internal import RunRecords
internal import Secrets
internal import Tekton

/// The secrets of the classes that `--class` or `--run` names, from their stores.
struct ClassSecrets {
    private let names: [String]
    private let files: [String]
    private let namespace: String?
    /// As whom stores are asked.
    let serviceAccount: String
    private let usesLocalStore: Bool
    private let context: CommandContext

    /// Reads the command line; `files` are where the classes are written.
    init(_ arguments: Arguments, _ context: CommandContext, files: [String]) {
        names = arguments.values(of: KnownSecrets.classFlag)
        self.files = files
        namespace = arguments.value(of: .namespace)
        serviceAccount =
            arguments.value(of: KnownSecrets.serviceAccountFlag)
            ?? RunDefaults.serviceAccountName
        usesLocalStore = arguments.has(.store)
        self.context = context
    }

    /// The classes of a run on record, from the files and for the service account that it had.
    init(
        of run: String,
        _ arguments: Arguments,
        _ context: CommandContext
    ) throws(CommandFailure) {
        let state = try context.directories().state
        let record: RecordedRun
        do {
            record = try RecordedRun(try RunLookup.find(run, in: state), in: state)
        } catch {
            throw .usage("`--run \(run)`: \(error)")
        }
        names = record.classes
        files = record.files
        namespace = record.namespace
        serviceAccount = record.serviceAccount
        usesLocalStore = arguments.has(.store)
        self.context = context
    }

    /// Fetches every object of every class and registers its value.
    ///
    /// Throws `CommandFailure` when a class is not in the files, or a store refuses.
    func register(with redactor: Redactor) async throws {
        // Classes of a store across the network are by far the most usual.
        if !usesLocalStore { SecretStoreFactory.expect([SecretProvider.vault.rawValue]) }
        let classes = try classes(registering: redactor)
        let factory = try context.stores(
            local: try context.embeddedStore(),
            configuration: try context.configuration(),
            redactor: redactor
        )
        var refusals: [SecretStoreError] = []
        for secretClass in classes {
            do throws(SecretStoreError) {
                let store = try factory.store(for: secretClass.provider, local: usesLocalStore)
                let request = SecretRequest(
                    secretClass: secretClass,
                    namespace: secretClass.namespace,
                    serviceAccount: serviceAccount
                )
                let arrivals = SecretArrivals { version in
                    version.value.withBytes { redactor.register($0, name: version.name) }
                }
                _ = try await arrivals.fetch(request, from: store)
            } catch {
                refusals.append(error)
            }
        }
        for error in await factory.close() { context.terminal.note("warning: \(error)") }
        if refusals.isEmpty { return }
        context.terminal.report(StoreDiagnostics.make(refusals))
        throw CommandFailure(.storeFailed, "the secrets could not be fetched")
    }

    /// The one class that is named.
    ///
    /// Throws `CommandFailure` when it is not in the files.
    func theClass(registering redactor: Redactor) throws -> SecretProviderClass {
        guard let only = try classes(registering: redactor).first else {
            preconditionFailure("a command that needs a class asks for its name")
        }
        return only
    }

    private func classes(registering redactor: Redactor) throws -> [SecretProviderClass] {
        let sources = try SourceFiles.read(files)
        let input = RunInput(
            sources,
            namespace: namespace,
            gates: FeatureGates(.alpha),
            redactor: redactor
        )
        let report = SourceReport(files: sources, redactor: redactor, terminal: context.terminal)
        return try names.map { name in
            let found = input.documents.classes.filter { $0.name == name }
            if found.count == 1 { return found[0] }
            report.report(input.diagnostics)
            let known = input.documents.classes.map(\.name)
            if found.isEmpty {
                let near = NearMiss.hint(for: name, among: known)
                throw CommandFailure.usage(
                    "there is no valid class `\(name)` in the files",
                    hint: near
                )
            }
            let places = found.map { "`\($0.namespace)`" }.joined(separator: ", ")
            throw CommandFailure.usage(
                "class `\(name)` is in several namespaces: \(places)",
                hint: "choose one with `-n`"
            )
        }
    }
}
