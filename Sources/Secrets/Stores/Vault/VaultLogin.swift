// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTP
import Platform

/// Proves a service account to the store.
///
/// | method | what is sent |
/// |---|---|
/// | `token` | nothing; the token is used as it is |
/// | `approle` | role id and secret id, the latter perhaps unwrapped first |
/// | `kubernetes`, `jwt` | a token of the account, and the role |
/// | `userpass` | the password, at the user's path |
/// | `cert` | the name of the role; the certificate goes with every connection |
struct VaultLogin: Sendable {
    let client: VaultClient
    let access: StoreAccess
    /// Called with every secret before it is used.
    let register: SecretRegistration
    let unwrapped: UnwrappedSecrets

    private var identity: StoreIdentity { client.target.identity }

    func perform() async throws(VaultFailure) -> VaultToken {
        switch identity.method {
        case "token":
            return VaultToken(value: try await material("token"), isOurs: false)
        case "approle":
            return try await send([
                ("role_id", .secret(try await material("roleId"))),
                ("secret_id", .secret(try await secretID())),
            ])
        case "kubernetes", "jwt":
            return try await send([
                ("role", .text(identity.options["role"] ?? "")),
                ("jwt", .secret(try await material("token"))),
            ])
        case "userpass":
            let user = identity.options["username"] ?? ""
            let password = try await material("password")
            return try await send([("password", .secret(password))], below: "/\(user)")
        case "cert":
            let role = identity.options["role"]
            return try await send(role.map { [("name", .text($0))] } ?? [])
        default: throw VaultFailure("there is no login method `\(identity.method)`")
        }
    }

    private func send(
        _ members: [(name: String, value: VaultBody.Value)],
        below suffix: String = ""
    ) async throws(VaultFailure) -> VaultToken {
        let reply: VaultReply
        do throws(VaultFailure) {
            reply = try await client.send(
                VaultClient.Call(
                    method: "POST",
                    path: "auth/\(client.target.mount)/login\(suffix)",
                    body: try VaultBody.make(members)
                )
            )
        } catch {
            throw described(error)
        }
        guard let auth = reply.auth, case .string(let value)? = auth["client_token"] else {
            throw VaultFailure(
                status: reply.status,
                "login as `\(client.target.account)` by \(identity.method): the answer holds no "
                    + "token"
            )
        }
        let seconds = auth["lease_duration"]?.integer ?? 0
        var token = VaultToken(
            value: try Self.shared(value),
            accessor: auth["accessor"]?.text ?? "",
            lifetime: seconds > 0 ? .seconds(seconds) : nil,
            isOurs: true
        )
        if case .bool(true)? = auth["renewable"] { token.isRenewable = true }
        register(token.value, "vault-token")
        return token
    }

    private func described(_ error: VaultFailure) -> VaultFailure {
        guard error.status != nil else { return error }
        return VaultFailure(
            status: error.status,
            "login as `\(client.target.account)` by \(identity.method) at "
                + "`auth/\(client.target.mount)`: \(error.message)",
            remedy: error.remedy
        )
    }

    /// The secret id, unwrapped where it comes wrapped; a wrapping token serves once, so what was in it is
    /// kept for a later login of the same process.
    private func secretID() async throws(VaultFailure) -> SharedLockedBytes {
        guard has("wrappedSecretId") else { return try await material("secretId") }
        let wrapping = try await material("wrappedSecretId")
        if let kept = unwrapped[wrapping] { return kept }
        try await checkWrapping(wrapping)
        let reply: VaultReply
        do throws(VaultFailure) {
            reply = try await client.send(
                VaultClient.Call(
                    method: "POST",
                    path: "sys/wrapping/unwrap",
                    token: wrapping,
                    isRepeatable: false
                )
            )
        } catch {
            throw spent(error)
        }
        guard case .string(let value)? = reply.data["secret_id"] else {
            throw VaultFailure("what was wrapped holds no secret id")
        }
        let secret = try Self.shared(value)
        register(secret, "vault-secret-id")
        unwrapped[wrapping] = secret
        return secret
    }

    /// Somebody who took the secret id out may have wrapped another thing; the path that it was made at tells.
    private func checkWrapping(_ token: SharedLockedBytes) async throws(VaultFailure) {
        let reply: VaultReply
        do throws(VaultFailure) {
            reply = try await client.send(
                VaultClient.Call(
                    method: "POST",
                    path: "sys/wrapping/lookup",
                    body: try VaultBody.make([("token", .secret(token))])
                )
            )
        } catch {
            throw spent(error)
        }
        let path = reply.data["creation_path"]?.text ?? ""
        let prefix = "auth/\(client.target.mount)/role/"
        if path.hasPrefix(prefix), path.hasSuffix("/secret-id") { return }
        throw VaultFailure(
            "the wrapped secret id was made at `\(path)` and not at "
                + "`\(prefix)ROLE/secret-id`: somebody may have exchanged it",
            remedy: "have a fresh one wrapped, and find out who opened the former"
        )
    }

    private func spent(_ error: VaultFailure) -> VaultFailure {
        guard error.status == 400 else { return error }
        return VaultFailure(
            status: 400,
            "the wrapped secret id cannot be opened: \(error.message)",
            remedy: "it serves once and not for long; have a fresh one put in its place"
        )
    }

    private func has(_ name: String) -> Bool {
        identity.options["\(name)File"] != nil || identity.options["\(name)Source"] != nil
    }

    /// What the identity's options `NAMEFile` or `NAMESource` lead to, without a newline at its end.
    private func material(_ name: String) async throws(VaultFailure) -> SharedLockedBytes {
        let reader = IdentityMaterial(identity: identity, access: access)
        let secret: SharedLockedBytes
        do {
            secret = try await SystemThread.run("identity") { try reader.read(name) }
        } catch let failure as SourceReader.Failure {
            throw VaultFailure(
                "the identity of `\(client.target.account)`: \(failure.message)",
                remedy: failure.remedy
            )
        } catch {
            throw VaultFailure("the identity of `\(client.target.account)`: \(error)")
        }
        register(secret, "vault-\(name)")
        return secret
    }

    private static func shared(_ value: StoreValue) throws(VaultFailure) -> SharedLockedBytes {
        do {
            return SharedLockedBytes(try value.copy())
        } catch {
            throw VaultFailure("\(error)")
        }
    }
}
