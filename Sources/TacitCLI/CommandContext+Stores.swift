// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Redaction
internal import Secrets

extension CommandContext {
    /// The stores that the configuration tells of; tokens and passwords are made known to `redactor`.
    func stores(
        local: LocalStore,
        configuration: Configuration,
        redactor: Redactor
    ) throws(CommandFailure) -> SecretStoreFactory {
        let terminal = terminal
        return SecretStoreFactory(
            local: local,
            access: configuration.storeAccess(environment: environment),
            stateDirectory: try directories().state,
            register: { secret, name in
                secret.bytes.withBytes { redactor.register($0, name: name) }
            },
            report: { terminal.note("tacit: warning: \(redactor.redact($0))") }
        )
    }
}
