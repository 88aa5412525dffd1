// SPDX-License-Identifier: Apache-2.0

/// What the user's configuration says of reaching stores: where they are, who proves itself how, and where
/// this host keeps what that takes.
package struct StoreAccess: Sendable {
    package var endpoints: [EndpointRule] = []
    package var identities: [IdentityRule] = []
    package var sources: [SourceRule] = []
    /// `VAULT_ADDR`, `BAO_ADDR` and `CREDENTIALS_DIRECTORY` are looked at.
    package var environment: [String: String] = [:]
    /// For one request to a store and all its tries.
    package var deadline: Duration = .seconds(30)

    package init() {}

    /// How a service account proves itself to a kind of store: its own entry, else that of `*`.
    func identity(
        namespace: String,
        serviceAccount: String,
        for store: StoreIdentity.Store
    ) -> StoreIdentity? {
        let name = "\(namespace)/\(serviceAccount)"
        let rule =
            identities.first { $0.serviceAccount == name }
            ?? identities.first { $0.serviceAccount == "*" }
        return rule?.stores.first { $0.store == store }
    }

    /// Where an address of the cluster's is reached from here; itself where nothing else is said.
    func endpoint(for address: StoreAddress) -> EndpointRule {
        endpoints.first { StoreAddress($0.address) == address }
            ?? EndpointRule(address: address.text, url: address.text)
    }
}
