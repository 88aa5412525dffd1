// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Secrets

extension CommandContext {
    /// The embedded store of this user, after the locked memory for its values was set up.
    ///
    /// Says so on standard error when that memory could not be locked.
    func embeddedStore() throws(CommandFailure) -> LocalStore {
        if let shortfall = SecureHeap.shortfall(after: SecureHeap.open()) {
            terminal.note("warning: \(shortfall)")
        }
        let directory = try StateDirectory(environment: environment)
        do {
            return try LocalStore(stateDirectory: directory.state, environment: environment)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Runs blocking work with the store on a thread of its own.
    func withStore<Outcome: Sendable>(
        _ work: @escaping @Sendable () throws -> Outcome
    ) async throws -> Outcome {
        do {
            return try await SystemThread.run("secret", work)
        } catch let error as LocalStoreError {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    /// What the user asked for is wrong (2), or the store failed (3).
    init(_ error: LocalStoreError) {
        switch error {
        case .refused, .noSuchName, .noSuchKey: self = .usage("\(error)")
        default: self.init(.storeFailed, "\(error)")
        }
    }
}
