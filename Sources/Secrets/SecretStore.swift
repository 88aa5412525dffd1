// SPDX-License-Identifier: Apache-2.0

/// A place that serves secrets: the embedded store, Vault, a cloud's.
package protocol SecretStore: Sendable {
    /// Fetches every object of a class, or none.
    ///
    /// - Returns: one element a file, in the class's order.
    /// - Throws: `SecretStoreError` that names every object that could not be had, with the store's own
    ///   words.
    func fetch(_ request: SecretRequest) async throws(SecretStoreError) -> [FetchedSecret]
}
