// SPDX-License-Identifier: Apache-2.0

/// The one place that knows which store serves which provider.
///
/// Each store is made once, so that all classes of a command share its sessions and leases.
package final class SecretStoreFactory: Sendable {
    private let local: LocalStore

    /// - Parameter local: the embedded store, which can stand in for every provider.
    package init(local: LocalStore) {
        self.local = local
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

    /// Closes every store that was made; what could not be given back.
    package func close() async -> [SecretStoreError] { [] }
}
