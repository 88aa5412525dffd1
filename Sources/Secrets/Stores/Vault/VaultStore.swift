// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTP
import Platform
import Synchronization

/// Serves classes of provider `vault` and `openbao` from a real store, with the host's own identities.
///
/// All objects are asked for in parallel; objects that agree in path, method and arguments share one answer.
/// A session is shared by all classes of one account at one store, and ends with `close`.
final class VaultStore: SecretStore {
    /// What comes from outside.
    struct Surroundings: Sendable {
        var access: StoreAccess
        var auditKey: AuditKey?
        var register: SecretRegistration
        /// Tells the user something, once.
        var report: @Sendable (String) -> Void
        var ledger: LeaseLedger?
    }

    let surroundings: Surroundings
    private let http = HTTPClient()
    private let unwrapped = UnwrappedSecrets()
    private let state = Mutex(State())
    let versions = VersionMemory()

    private struct State {
        var current: [VaultTarget: VaultSession] = [:]
        /// Every session that is to be closed, the current ones among them.
        var all: [VaultSession] = []
        var absences: [StoreAddress: StoreAbsence] = [:]
    }

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    private var access: StoreAccess { surroundings.access }

    func fetch(_ request: SecretRequest) async throws(SecretStoreError) -> [FetchedSecret] {
        let target = try VaultTargetResolver(request, access).resolve()
        do throws(SecretStoreError) {
            let files = try await fetch(request, at: target)
            noteReturn(of: target, by: .fetch)
            return files
        } catch {
            var error = error
            if error.isOutage { error.isReported = !noteOutage(of: target, by: .fetch) }
            throw error
        }
    }

    private func fetch(
        _ request: SecretRequest,
        at target: VaultTarget
    ) async throws(SecretStoreError) -> [FetchedSecret] {
        let objects = request.secretClass.vaultObjects
        var (session, isFresh) = try await session(at: target, request)
        var answers = await read(objects, with: session, request)
        // A fresh token is not asked about, unless it was to live no longer than this.
        if !isFresh || !session.isAlive, answers.contains(where: \.isRefused),
            await !isKnown(session)
        {
            (session, isFresh) = try await self.session(at: target, request)
            answers = await read(objects, with: session, request)
        }
        return try files(objects, answers, target)
    }

    /// Whether that is news: an outage is told once, whoever notices it first.
    private func noteOutage(of target: VaultTarget, by request: StoreAbsence.Request) -> Bool {
        state.withLock { $0.absences[target.address, default: .init()].fail(request) }
    }

    private func noteReturn(of target: VaultTarget, by request: StoreAbsence.Request) {
        state.withLock { $0.absences[target.address]?.answer(request) }
    }

    func check(_ request: SecretRequest) async throws(SecretStoreError) {
        let target = try VaultTargetResolver(request, access).resolve()
        let objects = request.secretClass.vaultObjects
        let (session, _) = try await session(at: target, request)
        let found: [String: [String]]
        do {
            found = try await session.capabilities(of: Set(objects.map(\.read.path)).sorted())
        } catch {
            throw SecretStoreError(target, error, at: request)
        }
        let denied = objects.filter { object in
            let allowed = found[object.read.path] ?? []
            return !allowed.contains("root")
                && !object.read.capabilities.contains(where: allowed.contains)
        }
        if denied.isEmpty { return }
        throw SecretStoreError(
            store: target.title,
            failures: denied.map { object in
                let allowed = (found[object.read.path] ?? []).joined(separator: ", ")
                return SecretStoreError.Failure(
                    object: object.object.name,
                    at: object.object.location,
                    "`\(target.account)` may not \(object.read.capabilities[0]) "
                        + "`\(object.read.path)`: the store allows \(allowed)",
                    remedy: "a policy of that identity has to allow it"
                )
            }
        )
    }

    /// When the next renewal is due; `nil` when none will be.
    var nextRenewal: ContinuousClock.Instant? {
        state.withLock { $0.all }.compactMap(\.nextRenewal).min()
    }

    /// Renews what is due.
    ///
    /// An outage is reported once, however often it is noticed.
    func renewDue() async {
        for session in state.withLock({ $0.all }) {
            let (count, failures) = await session.renewDue()
            if Task.isCancelled { return }
            let target = session.client.target
            for failure in failures where !failure.isOfStore {
                surroundings.report("\(target.title): \(failure.message)")
            }
            guard let outage = failures.first(where: \.isOfStore) else {
                if count > 0 { noteReturn(of: target, by: .renewal) }
                continue
            }
            if noteOutage(of: target, by: .renewal) {
                surroundings.report(
                    "\(target.title): what is leased there cannot be renewed for "
                        + "now, and is served on: \(outage.message)"
                )
            }
        }
    }

    func close() async -> [SecretStoreError] {
        let sessions = state.withLock { state in
            defer { state = State() }
            return state.all
        }
        var failures: [SecretStoreError] = []
        for session in sessions {
            do throws(VaultFailure) {
                try await session.close()
            } catch {
                failures.append(
                    SecretStoreError(
                        store: session.client.target.title,
                        failures: [
                            SecretStoreError.Failure(
                                "what it has leased could not be given back: \(error.message)",
                                remedy: "the next run tries again; it ends by itself in time"
                            )
                        ]
                    )
                )
            }
        }
        return failures
    }

    /// Logs in, unless there is a session already.
    ///
    /// - Returns: the session, and whether it was made just now.
    func session(
        at target: VaultTarget,
        _ request: SecretRequest
    ) async throws(SecretStoreError) -> (VaultSession, isFresh: Bool) {
        if let session = state.withLock({ $0.current[target] }), session.isAlive {
            return (session, false)
        }
        do {
            return (try await logIn(at: target), true)
        } catch {
            throw SecretStoreError(target, error, at: request)
        }
    }

    func logIn(
        at target: VaultTarget,
        within deadline: Duration? = nil
    ) async throws(VaultFailure) -> VaultSession {
        let client = VaultClient(
            http: http,
            target: target,
            deadline: deadline ?? access.deadline
        )
        let login = VaultLogin(
            client: client,
            access: access,
            register: surroundings.register,
            unwrapped: unwrapped
        )
        let session = VaultSession(client, try await login.perform(), ledger: surroundings.ledger)
        if let problem = surroundings.ledger?.problem {
            surroundings.report(
                "what stores lend is not on record, so nobody gives it back if tacit is killed: "
                    + problem
            )
        }
        state.withLock { state in
            state.current[target] = session
            state.all.append(session)
        }
        return session
    }

    private func isKnown(_ session: VaultSession) async -> Bool {
        (try? await session.isKnown()) ?? true
    }
}

extension SecretStoreError {
    /// The store as a whole did not serve a class.
    init(_ target: VaultTarget, _ failure: VaultFailure, at request: SecretRequest) {
        self.init(
            store: target.title,
            failures: [
                Failure(
                    at: request.secretClass.location,
                    "class `\(request.secretClass.name)`: \(failure.message)",
                    remedy: failure.remedy
                )
            ]
        )
        isOutage = failure.isOfStore
    }
}
