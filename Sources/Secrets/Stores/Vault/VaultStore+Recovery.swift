// SPDX-License-Identifier: Apache-2.0
import HTTP
import Platform

/// Giving back what a process that was killed had been lent.
extension VaultStore {
    /// Revokes the tokens, and the leases, that dead processes left on record.
    ///
    /// It takes the identity that they were lent to, whose policy must allow it; what cannot be revoked stays on
    /// record until it ends by itself.
    func recover() async {
        guard let ledger = surroundings.ledger, ledger.mayHaveOrphans else { return }
        await ledger.withOrphans { orphan in
            var isDone = true
            for entry in orphan.entries {
                do throws(VaultFailure) {
                    try await revoke(entry)
                } catch {
                    isDone = false
                    let what = entry.accessor.isEmpty ? "lease" : "token"
                    let name = entry.accessor.isEmpty ? entry.lease : entry.accessor
                    let end = Timestamp(nanoseconds: Int64(entry.end) * 1_000_000_000).seconds
                    surroundings.report(
                        "a run that was killed left \(what) `\(name)` of `\(entry.account)` at "
                            + "\(entry.address), which ends \(entry.end == 0 ? "some day" : end): "
                            + error.message + (error.remedy.isEmpty ? "" : "; \(error.remedy)")
                    )
                }
            }
            if isDone { orphan.remove() }
        }
    }

    private func revoke(_ entry: LeaseLedger.Entry) async throws(VaultFailure) {
        let parts = entry.account.split(separator: "/").map(String.init)
        guard parts.count == 2, let address = StoreAddress(entry.address),
            let identity = surroundings.access.identity(
                namespace: parts[0],
                serviceAccount: parts[1],
                for: .vault
            ), identity.endpoints.contains(where: { StoreAddress($0) == address }),
            let target = VaultTarget(
                address,
                surroundings.access.endpoint(for: address),
                identity,
                namespace: entry.namespace,
                account: entry.account,
                mount: entry.mount
            )
        else { throw VaultFailure("the configuration has no identity for it any more") }
        let session = try await logIn(at: target, within: .seconds(5))
        var call = VaultClient.Call(method: "POST", path: "", token: session.token.value)
        if entry.accessor.isEmpty {
            call.method = "PUT"
            call.path = "sys/leases/revoke"
            call.body = try VaultBody.make([("lease_id", .text(entry.lease))])
        } else {
            call.path = "auth/token/revoke-accessor"
            call.body = try VaultBody.make([("accessor", .text(entry.accessor))])
        }
        do throws(VaultFailure) {
            _ = try await session.client.send(call)
        } catch {
            // The store does not know it any more.
            let isGone = error.message.contains("invalid accessor")
            if !isGone, error.status != 404, !error.message.contains("invalid lease") {
                throw VaultFailure(
                    status: error.status,
                    error.message,
                    remedy: "a policy of that identity has to allow update at `\(call.path)`"
                )
            }
        }
    }
}
