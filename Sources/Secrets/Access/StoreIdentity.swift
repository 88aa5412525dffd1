// SPDX-License-Identifier: Apache-2.0

/// How a service account proves itself to one kind of store.
///
/// Holds names and paths, never a secret.
package struct StoreIdentity: Sendable, Hashable {
    package enum Store: String, Sendable, CaseIterable {
        case vault
        case aws
        case azure
        case gcp
    }

    package var store: Store
    /// As the store calls it (`approle`, `webIdentity`).
    package var method: String
    /// The addresses that this identity goes to, and no others; empty for the store's public ones.
    package var endpoints: [String]
    /// The method's settings by name (`roleIdFile`, `role`); paths are absolute.
    package var options: [String: String]

    package init(store: Store, method: String, endpoints: [String], options: [String: String]) {
        self.store = store
        self.method = method
        self.endpoints = endpoints
        self.options = options
    }
}
