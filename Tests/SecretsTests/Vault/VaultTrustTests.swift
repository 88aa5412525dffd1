// SPDX-License-Identifier: Apache-2.0
import Secrets
import TestSupport
import Testing

/// What a class, which may come from anybody's repository, cannot make the host do.
@Suite("A class of a store")
struct VaultTrustTests {
    private let object = "  - {objectName: u, secretPath: kv/data/app, secretKey: username}"

    private func failures(
        _ parameters: String,
        provider: String = "vault",
        _ change: (inout StoreAccess) -> Void = { _ in }
    ) async throws -> (failures: [String], requests: [String]) {
        let server = try FaultyServer()
        let host = try VaultHost()
        var identity = host.identity("token", ["tokenFile": try host.file("t", "tok")])
        identity.endpoints = ["https://vault.example:8200/"]
        var access = StoreAccess()
        access.deadline = .seconds(5)
        access.identities = [IdentityRule(serviceAccount: VaultHost.account, stores: [identity])]
        access.endpoints = [EndpointRule(address: "https://vault.example:8200", url: server.url)]
        change(&access)
        let text = classText(provider, "roleName: ci\n\(parameters)\nobjects: |\n\(object)")
        return (try await host.failures(text, access), server.requests)
    }

    @Test("names its store in any spelling of the address")
    func matchesAddress() async throws {
        for address in ["https://vault.example:8200", "https://VAULT.example:8200/"] {
            let (_, requests) = try await failures("vaultAddress: \(address)")
            #expect(requests.count == 1)
        }
    }

    @Test(
        "sends no identity where the user's configuration does not send it",
        arguments: [
            (
                "vaultAddress: https://evil.example:8200",
                "does not go to `https://evil.example:8200`: it goes to `https://vault.example:8200/` only"
            ),
            (
                "vaultAddress: http://vault.example:8200",
                "does not go to `http://vault.example:8200`"
            ),
            ("vaultAddress: https://vault.example:8201", "does not go to"),
            ("", "does not go to `https://127.0.0.1:8200`"),
            ("vaultAddress: https://vault.example:8200/proxy", "is no address of a store"),
            ("vaultAddress: https://vault.example:8200@evil.example", "is no address of a store"),
            (
                "vaultAddress: https://vault.example:8200\nvaultSkipTLSVerify: \"true\"",
                "`vaultSkipTLSVerify` would send the identity of `cicd/build-sa` to whoever answers"
            ),
            (
                "vaultAddress: https://vault.example:8200\nvaultCACertPath: /etc/evil.pem",
                "`vaultCACertPath` names a file of the provider's own host"
            ),
            (
                "vaultAddress: https://vault.example:8200\nvaultTLSClientCertPath: /home/u/key.pem",
                "`vaultTLSClientCertPath` names a file of the provider's own host"
            ),
            (
                "vaultAddress: https://vault.example:8200\nvaultTLSServerName: evil.example",
                "`vaultTLSServerName` asks for another certificate than that of `localhost`"
            ),
        ]
    )
    func goesNowhereElse(_ parameters: String, _ words: String) async throws {
        let (failures, requests) = try await failures(parameters)
        #expect(failures.count == 1)
        #expect(failures.first?.contains(words) == true, "\(failures)")
        #expect(requests.isEmpty)
    }

    @Test("may name the CA and the name that the configuration has given too")
    func acceptsConfigured() async throws {
        let (_, requests) = try await failures(
            """
            vaultAddress: https://vault.example:8200
            vaultCACertPath: /vault/tls/ca.crt
            vaultTLSServerName: localhost
            vaultSkipTLSVerify: "false"
            """
        ) { $0.endpoints[0].authorityFile = "/etc/ssl/certs/ca-certificates.crt" }
        #expect(requests.count == 1)
    }

    @Test("of an account without an identity is refused, with what to write")
    func needsIdentity() async throws {
        let (failures, requests) = try await failures("vaultAddress: https://vault.example:8200") {
            $0.identities[0].serviceAccount = "cicd/other"
        }
        #expect(failures.count == 1 && requests.isEmpty)
        #expect(
            failures[0].contains("service account `cicd/build-sa` has no identity for this store")
        )
        #expect(failures[0].contains("`identities: {cicd/build-sa: {vault: {endpoints: ["))
    }

    @Test("gets the identity of `*` where the account has none of its own")
    func usesWildcard() async throws {
        let (_, requests) = try await failures("vaultAddress: https://vault.example:8200") {
            $0.identities[0].serviceAccount = "*"
        }
        #expect(requests.count == 1)
    }

    @Test("takes the address of the environment where it has none")
    func usesEnvironment() async throws {
        let (_, requests) = try await failures("") {
            $0.environment["VAULT_ADDR"] = "https://vault.example:8200"
        }
        #expect(requests.count == 1)
        let (_, others) = try await failures("", provider: "openbao") {
            $0.environment["BAO_ADDR"] = "https://vault.example:8200"
        }
        #expect(others.count == 1)
    }

    @Test("cannot walk out of the store's paths")
    func staysInPaths() async throws {
        let host = try VaultHost()
        let identity = host.identity("token", ["tokenFile": try host.file("t", "tok")])
        let failures = try await host.failures(
            host.classText(["objectName: u, secretPath: kv/../../../ui, secretKey: x"]),
            host.access(identity)
        )
        #expect(failures.count == 1 && failures[0].contains("is no path of a store"))
    }
}
