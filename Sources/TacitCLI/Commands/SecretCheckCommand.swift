// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import Redaction
internal import RunEngine
internal import Secrets
internal import Tekton

/// `tacit secret check FILE...`: asks every store whether it would serve the files' classes.
struct SecretCheckCommand: Command {
    private static let serviceAccount = Flag(
        "serviceaccount",
        "s",
        value: "NAME",
        summary: "whose identity asks; default `default`"
    )

    let name = "secret check"
    let summary = "ask the stores whether they would serve the files' classes, reading nothing"
    let details = """
        Logs in as the service account and asks what it may; no secret is read, no lease is
        made, no configured command is run. That a secret exists the store does not tell
        without reading it. Ends with 3 when a store would refuse.
        """
    let operands = [Operand("FILE", .zeroOrMore)]
    let flags = [Flag.namespace, serviceAccount, .store]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let redactor = Redactor()
        let files = try SourceFiles.read(arguments.operands)
        let input = RunInput(
            files,
            namespace: arguments.value(of: .namespace),
            gates: FeatureGates(.alpha),
            redactor: redactor
        )
        let report = SourceReport(files: files, redactor: redactor, terminal: context.terminal)
        report.report(input.diagnostics)
        if input.diagnostics.hasErrors { return .wrongUsage }
        let classes = input.documents.classes
        if classes.isEmpty {
            throw CommandFailure.usage("there is no SecretProviderClass in the files")
        }
        let account = arguments.value(of: Self.serviceAccount) ?? RunDefaults.serviceAccountName
        let stores = try context.stores(
            local: try context.embeddedStore(),
            configuration: try context.configuration(),
            redactor: redactor
        )
        var isServed = true
        for secretClass in classes {
            do throws(SecretStoreError) {
                let store = try stores.store(
                    for: secretClass.provider,
                    local: arguments.has(.store)
                )
                try await store.check(
                    SecretRequest(
                        secretClass: secretClass,
                        namespace: secretClass.namespace,
                        serviceAccount: account
                    )
                )
                let count = secretClass.objects.count
                context.terminal.write(
                    "\(secretClass.name): \(count) object\(count == 1 ? "" : "s") of provider "
                        + "\(secretClass.provider) would be served to "
                        + "\(secretClass.namespace)/\(account)\n"
                )
            } catch {
                isServed = false
                report.report(StoreDiagnostics.make([error]))
            }
        }
        for error in await stores.close() {
            context.terminal.note("warning: \(redactor.redact("\(error)"))")
        }
        return isServed ? .success : .storeFailed
    }
}
