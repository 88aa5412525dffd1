// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTP
import Synchronization

/// One login, and what was leased with it.
final class VaultSession: Sendable {
    let client: VaultClient
    let token: VaultToken
    private let state: Mutex<State>
    private let ledger: LeaseLedger?

    private struct State {
        var lifetime: Duration?
        var issuedAt: ContinuousClock.Instant
        var isRenewable: Bool
        var isDead = false
        /// Whether the store is still to be asked how long a token of the user's own lives.
        var isUnknown: Bool
        var leases: [VaultRead: VaultLease] = [:]
    }

    init(_ client: VaultClient, _ token: VaultToken, ledger: LeaseLedger?) {
        self.client = client
        self.token = token
        self.ledger = ledger
        state = Mutex(
            State(
                lifetime: token.lifetime,
                issuedAt: .now,
                isRenewable: token.isRenewable,
                isUnknown: !token.isOurs
            )
        )
        if token.isOurs, !token.accessor.isEmpty {
            ledger?.note(
                LeaseLedger.Entry(client.target, accessor: token.accessor, lifetime: token.lifetime)
            )
        }
    }

    /// Whether its token may still be used, as far as is known here.
    var isAlive: Bool {
        state.withLock { state in
            if state.isDead { return false }
            guard let lifetime = state.lifetime else { return true }
            return ContinuousClock.now < state.issuedAt + lifetime
        }
    }

    /// Asks for a secret, or serves what is leased already.
    func read(_ read: VaultRead) async throws(VaultFailure) -> VaultReply {
        if let lease = state.withLock({ $0.leases[read] }), lease.isGood {
            if !lease.isDue { return lease.reply }
            try? await renew(read, lease)
            if let kept = state.withLock({ $0.leases[read] }), kept.isGood { return kept.reply }
        }
        let reply = try await client.send(
            VaultClient.Call(
                method: read.method,
                path: read.path,
                query: read.query,
                body: read.body.map { .plain($0) },
                token: token.value,
                isRepeatable: read.isRepeatable
            )
        )
        if !reply.leaseID.isEmpty, reply.leaseSeconds > 0 {
            let lease = VaultLease(reply, now: .now)
            state.withLock { $0.leases[read] = lease }
            if !token.isOurs {
                ledger?.note(
                    LeaseLedger.Entry(
                        client.target,
                        lease: lease.identifier,
                        lifetime: lease.granted
                    )
                )
            }
        }
        return reply
    }

    /// How long a leased secret is good from now on; `nil` for one without a lease.
    func lifetime(of read: VaultRead) -> Duration? {
        state.withLock { $0.leases[read] }.map { lease in
            max(.zero, ContinuousClock.now.duration(to: lease.end))
        }
    }

    /// Which of the paths the token may read, by what is allowed there.
    func capabilities(of paths: [String]) async throws(VaultFailure) -> [String: [String]] {
        let list = paths.map { "\"\($0.jsonEscaped)\"" }.joined(separator: ",")
        let reply = try await client.send(
            VaultClient.Call(
                method: "POST",
                path: "sys/capabilities-self",
                body: .plain(Array("{\"paths\":[\(list)]}".utf8)),
                token: token.value
            )
        )
        var found: [String: [String]] = [:]
        for path in paths {
            let allowed = reply.data[path] ?? reply.document[path]
            found[path] = (allowed?.elements ?? []).compactMap(\.text)
        }
        return found
    }

    /// Whether the store still knows the token; it may have expired, or have been revoked.
    func isKnown() async throws(VaultFailure) -> Bool {
        do throws(VaultFailure) {
            _ = try await client.send(
                VaultClient.Call(path: "auth/token/lookup-self", token: token.value)
            )
            return true
        } catch {
            guard error.status == 403 else { throw error }
            state.withLock { $0.isDead = true }
            return false
        }
    }
}

/// Renewing and giving back.
extension VaultSession {
    /// When the next renewal is due; `nil` when none will be.
    var nextRenewal: ContinuousClock.Instant? {
        state.withLock { state in
            let token = state.isRenewable ? state.lifetime.map { state.issuedAt + $0 * 2 / 3 } : nil
            let leases = state.leases.values.filter(\.isRenewable).map(\.renewal)
            return (leases + [token].compactMap { $0 }).min()
        }
    }

    /// Renews the token and every lease that has used up two thirds of its time.
    ///
    /// - Returns: how many were renewed, and what failed.
    func renewDue() async -> (count: Int, failures: [VaultFailure]) {
        guard isAlive else { return (0, []) }
        if state.withLock(\.isUnknown) { await lookUp() }
        let (isDue, leases) = state.withLock { state in
            let limit = state.lifetime.map { state.issuedAt + $0 * 2 / 3 }
            let isDue = state.isRenewable && limit.map { ContinuousClock.now >= $0 } ?? false
            return (isDue, state.leases.filter { $0.value.isRenewable && $0.value.isDue })
        }
        var failures: [VaultFailure] = []
        do throws(VaultFailure) {
            if isDue { try await renewToken() }
        } catch {
            failures.append(error)
        }
        let wanted = (isDue ? 1 : 0) + leases.count
        for (read, lease) in leases {
            do throws(VaultFailure) {
                try await renew(read, lease)
            } catch {
                failures.append(error)
            }
        }
        return (wanted - failures.count, failures)
    }

    /// Learns how long a token lives that no login has told about; one that may not ask is left alone.
    private func lookUp() async {
        state.withLock { $0.isUnknown = false }
        let call = VaultClient.Call(path: "auth/token/lookup-self", token: token.value)
        guard let reply = try? await client.send(call),
            let seconds = reply.data["ttl"]?.integer, seconds > 0
        else { return }
        state.withLock { state in
            state.lifetime = .seconds(seconds)
            state.issuedAt = .now
            if case .bool(true)? = reply.data["renewable"] { state.isRenewable = true }
        }
    }

    private func renewToken() async throws(VaultFailure) {
        do throws(VaultFailure) {
            let reply = try await client.send(
                VaultClient.Call(
                    method: "POST",
                    path: "auth/token/renew-self",
                    body: .plain(Array("{}".utf8)),
                    token: token.value
                )
            )
            let seconds = reply.auth?["lease_duration"]?.integer ?? 0
            state.withLock { state in
                state.issuedAt = .now
                state.lifetime = seconds > 0 ? .seconds(seconds) : nil
                // Near its upper limit the store grants ever less: a new login is due then.
                if let first = token.lifetime, .seconds(seconds) * 3 < first {
                    state.isRenewable = false
                }
            }
        } catch {
            if error.isOfStore { throw error }
            state.withLock { $0.isRenewable = false }
        }
    }

    private func renew(_ read: VaultRead, _ lease: VaultLease) async throws(VaultFailure) {
        do throws(VaultFailure) {
            let seconds = lease.wanted.components.seconds
            let reply = try await client.send(
                VaultClient.Call(
                    method: "PUT",
                    path: "sys/leases/renew",
                    body: try VaultBody.make([
                        ("lease_id", .text(lease.identifier)), ("increment", .text("\(seconds)s")),
                    ]),
                    token: token.value
                )
            )
            update(read, lease.identifier) { kept in
                kept.extend(
                    by: .seconds(reply.leaseSeconds),
                    isRenewable: reply.isRenewable,
                    now: .now
                )
            }
        } catch {
            if error.isOfStore { throw error }
            update(read, lease.identifier) { $0.isRenewable = false }
            throw VaultFailure(
                status: error.status,
                "what is leased at `\(read.path)` cannot be kept: \(error.message)"
            )
        }
    }

    private func update(
        _ read: VaultRead,
        _ identifier: String,
        _ change: (inout VaultLease) -> Void
    ) {
        state.withLock { state in
            // Another may have come in its place meanwhile.
            guard var lease = state.leases[read], lease.identifier == identifier else { return }
            change(&lease)
            state.leases[read] = lease
        }
    }

    /// Ends the token, and with it all that was leased; a token that is the user's own lives on.
    func close() async throws(VaultFailure) {
        guard isAlive else { return }
        if token.isOurs {
            _ = try await client.send(
                VaultClient.Call(
                    method: "POST",
                    path: "auth/token/revoke-self",
                    token: token.value
                )
            )
            ledger?.forget(accessor: token.accessor)
            return
        }
        for lease in state.withLock({ Array($0.leases.values) }) {
            _ = try await client.send(
                VaultClient.Call(
                    method: "PUT",
                    path: "sys/leases/revoke",
                    body: try VaultBody.make([("lease_id", .text(lease.identifier))]),
                    token: token.value
                )
            )
            ledger?.forget(lease: lease.identifier)
        }
    }
}

extension String {
    /// With what JSON escapes in a string escaped.
    fileprivate var jsonEscaped: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
