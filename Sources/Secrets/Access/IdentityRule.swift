// SPDX-License-Identifier: Apache-2.0

/// The identities of one service account.
package struct IdentityRule: Sendable, Hashable {
    /// `namespace/name`, or `*` for every account without an entry of its own.
    package var serviceAccount: String
    /// At most one a store.
    package var stores: [StoreIdentity]

    package init(serviceAccount: String, stores: [StoreIdentity]) {
        self.serviceAccount = serviceAccount
        self.stores = stores
    }
}
