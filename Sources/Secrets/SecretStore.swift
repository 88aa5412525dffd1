// SPDX-License-Identifier: Apache-2.0

/// A place that serves secrets: the embedded store, Vault, a cloud's.
package protocol SecretStore: Sendable {
    /// Fetches every object of a class, or none.
    ///
    /// It may be asked again, in the background, to learn what has changed: an object has not when its
    /// version is the same object as before, or holds the same bytes. What a store has leased is then renewed
    /// and served again; it is made anew only when its lease cannot be renewed any more.
    ///
    /// - Returns: one element a file, in the class's order.
    /// - Throws: `SecretStoreError` that names every object that could not be had, with the store's own
    ///   words.
    func fetch(_ request: SecretRequest) async throws(SecretStoreError) -> [FetchedSecret]

    /// Asks whether every object of a class would be served, without reading any.
    ///
    /// - Throws: `SecretStoreError` that names every object that would not be.
    func check(_ request: SecretRequest) async throws(SecretStoreError)

    /// Gives back what was leased, and ends sessions; the last call.
    ///
    /// - Returns: what could not be given back, and why.
    func close() async -> [SecretStoreError]
}

extension SecretStore {
    /// A store without leases and sessions has nothing to give back.
    package func close() async -> [SecretStoreError] { [] }
}
