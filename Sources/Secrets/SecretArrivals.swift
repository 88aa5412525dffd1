// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Makes the versions of a fetch known to the redactor: those that a store tells of as they come, while it waits
/// for the others, and at the end the rest.
package final class SecretArrivals: Sendable {
    private let register: @Sendable (SecretVersion) -> Void
    /// Kept, so that no other version takes the place of one in memory while this counts.
    private let known = Mutex<[ObjectIdentifier: SecretVersion]>([:])

    /// Parameter `register`: makes one known, before anyone can read it.
    package init(register: @escaping @Sendable (SecretVersion) -> Void) {
        self.register = register
    }

    /// Registers a version, unless it is already.
    package func add(_ version: SecretVersion) {
        let isNew = known.withLock { known in
            known.updateValue(version, forKey: ObjectIdentifier(version)) == nil
        }
        if isNew { register(version) }
    }

    /// Fetches with a store, and registers everything that it serves.
    package func fetch(
        _ request: SecretRequest,
        from store: any SecretStore
    ) async throws(SecretStoreError) -> [FetchedSecret] {
        var request = request
        request.arrived = { self.add($0) }
        let files = try await store.fetch(request)
        for file in files { add(file.version) }
        return files
    }
}
