// SPDX-License-Identifier: Apache-2.0
import HTTP
package import Platform
import Synchronization

/// The one place that knows which store serves which provider.
///
/// Each store is made once, so that all classes of a command share its sessions and leases.
package final class SecretStoreFactory: Sendable {
    private let local: LocalStore
    private let vault: VaultStore
    private let configured: ConfiguredStore

    /// - Parameters:
    ///   - local: the embedded store, which can stand in for every provider; its key of fingerprints is the
    ///     others' too.
    ///   - access: what the user's configuration says of stores.
    ///   - stateDirectory: where it is noted what stores have lent; `nil` notes nothing.
    ///   - register: called with tokens and passwords before they are used.
    ///   - report: tells the user of a trouble that stops nothing.
    ///   - clock: tells when what is lent ends.
    package init(
        local: LocalStore,
        access: StoreAccess = StoreAccess(),
        stateDirectory: String? = nil,
        register: @escaping SecretRegistration = { _, _ in },
        report: @escaping @Sendable (String) -> Void = { _ in },
        clock: WallClock = .system
    ) {
        self.local = local
        vault = VaultStore(
            VaultStore.Surroundings(
                access: access,
                auditKey: local.auditKey,
                register: register,
                report: report,
                ledger: stateDirectory.map { LeaseLedger(stateDirectory: $0, clock: clock) }
            )
        )
        configured = ConfiguredStore(access: access, auditKey: local.auditKey)
    }

    /// Makes ready, beside whatever is done meanwhile, for classes of these providers to be fetched soon.
    package static func expect(_ providers: [String]) {
        let asksServer = providers.contains { provider in
            switch SecretProvider(rawValue: provider) {
            case .vault, .openbao: true
            default: false
            }
        }
        if asksServer { CurlLibrary.prepare() }
    }

    /// The store for a class's provider.
    ///
    /// The embedded store serves all of them when `isLocal` says so (`--store local`).
    ///
    /// - Throws: `SecretStoreError` for a provider that this build has no store for.
    package func store(
        for provider: String,
        local isLocal: Bool
    ) throws(SecretStoreError) -> any SecretStore {
        if isLocal { return local }
        switch SecretProvider(rawValue: provider) {
        case .vault, .openbao: return vault
        case .file, .exec: return configured
        case .aws, .azure, .gcp, nil:
            throw SecretStoreError(
                store: provider,
                failures: [
                    SecretStoreError.Failure(
                        "provider `\(provider)` is not available in this build",
                        remedy: "run with `--store local`, which serves the same class from the "
                            + "embedded store"
                    )
                ]
            )
        }
    }

    /// Gives back what runs that were killed have left with stores, as their records tell.
    package func recover() async { await vault.recover() }

    /// Keeps what stores have lent from ending, until the task is cancelled.
    package func maintain() async {
        while !Task.isCancelled {
            await vault.renewDue()
            let next = min(vault.nextRenewal ?? .now + .seconds(1), .now + .seconds(1))
            // Not without a pause, though what is due could not be renewed.
            try? await Task.sleep(until: max(next, .now + .milliseconds(200)), clock: .continuous)
        }
    }

    /// Closes every store that was made; what could not be given back.
    package func close() async -> [SecretStoreError] {
        await vault.close()
    }
}
