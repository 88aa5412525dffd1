// SPDX-License-Identifier: Apache-2.0
import Platform
import Secrets
import TestSupport
import Testing

@Suite("A login at the store")
struct VaultLoginTests {
    private func text(_ host: VaultHost, _ parameters: String = "") -> String {
        host.classText(
            ["objectName: u, secretPath: \(host.mount)/data/app, secretKey: username"],
            parameters: parameters
        )
    }

    private let served = ["u": "ci-user"]

    @Test("with a token uses it as it is, and leaves it alive")
    func usesToken() async throws {
        let host = try VaultHost()
        let token = try host.store.token(policies: [host.mount])
        let identity = host.identity("token", ["tokenFile": try host.file("token", token)])
        #expect(try await host.fetch(text(host), as: identity) == served)
        #expect(try await host.fetch(text(host), as: identity) == served)
        #expect(host.registrations.contains("vault-token=\(token)"))
    }

    @Test("with a token that ends soon renews it while it is needed")
    func renewsToken() async throws {
        let host = try VaultHost()
        let token = try host.store.token(policies: [host.mount], ttl: "15s")
        let identity = host.identity("token", ["tokenFile": try host.file("token", token)])
        let factory = host.factory(host.access(identity))
        let store = try factory.store(for: "vault", local: false)
        let request = try host.request(text(host))
        _ = try await store.fetch(request)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await factory.maintain() }
            try? await Task.sleep(for: .seconds(17))
            group.cancelAll()
        }
        #expect(try await store.fetch(request).map(\.version.text) == ["ci-user"])
        #expect(host.reports == [] && host.registrations.count == 1)
        _ = await factory.close()
    }

    @Test("by approle ends its token when the store is closed")
    func usesAppRole() async throws {
        let host = try VaultHost()
        #expect(try await host.fetch(text(host), as: try host.appRole()) == served)
        let token = try #require(
            host.registrations.first { $0.hasPrefix("vault-token=") }?.dropFirst(12)
        )
        #expect(throws: CommandFailure.self) {
            try host.store.write("auth/token/lookup", #"{"token": "\#(token)"}"#)
        }
    }

    @Test(
        "by approle opens a wrapped secret id, once, and keeps it for a later login of the process"
    )
    func unwrapsSecretID() async throws {
        let host = try VaultHost()
        let plain = try host.appRole(options: #", "token_ttl": "4s", "token_max_ttl": "4s""#)
        let wrapped = try host.store.call(
            "POST",
            "auth/approle/role/\(host.mount)/secret-id",
            "{}",
            headers: ["X-Vault-Wrap-TTL: 60s"]
        )
        let wrapping = try OpenBao.text(wrapped, "wrap_info", "token")
        let identity = host.identity(
            "approle",
            [
                "roleIdFile": try #require(plain.options["roleIdFile"]),
                "wrappedSecretIdFile": try host.file("wrapped", wrapping),
            ]
        )
        let factory = host.factory(host.access(identity))
        let store = try factory.store(for: "vault", local: false)
        for _ in 0..<2 {
            let files = try await store.fetch(try host.request(text(host)))
            #expect(files.map(\.version.text) == ["ci-user"])
            // Longer than the token lives.
            try await Task.sleep(for: .milliseconds(4500))
        }
        _ = await factory.close()
        let failures = try await host.failures(text(host), host.access(identity))
        #expect(failures.count == 1)
        #expect(failures[0].contains("the wrapped secret id cannot be opened: "))
        #expect(failures[0].contains("it serves once and not for long"))
        #expect(!failures[0].contains(wrapping))
    }

    @Test("by approle does not open what was wrapped elsewhere")
    func refusesForeignWrapping() async throws {
        let host = try VaultHost()
        let plain = try host.appRole()
        let wrapped = try host.store.call(
            "POST",
            "sys/wrapping/wrap",
            #"{"secret_id": "planted"}"#,
            headers: ["X-Vault-Wrap-TTL: 60s"]
        )
        let identity = host.identity(
            "approle",
            [
                "roleIdFile": try #require(plain.options["roleIdFile"]),
                "wrappedSecretIdFile": try host.file(
                    "wrapped",
                    try OpenBao.text(wrapped, "wrap_info", "token")
                ),
            ]
        )
        let failures = try await host.failures(text(host), host.access(identity))
        #expect(failures.count == 1)
        #expect(failures[0].contains("was made at `sys/wrapping/wrap` and not at"))
    }

    @Test("by userpass, with its password in a file")
    func usesPassword() async throws {
        let host = try VaultHost()
        host.store.enableLogin("userpass")
        try host.store.write(
            "auth/userpass/users/\(host.mount)",
            #"{"password": "s3same-open", "token_policies": ["\#(host.mount)"]}"#
        )
        let options = ["username": host.mount, "passwordFile": try host.file("p", "s3same-open")]
        #expect(
            try await host.fetch(text(host), as: host.identity("userpass", options)) == served
        )
        #expect(host.registrations.contains("vault-password=s3same-open"))
    }

    @Test("by cert, with its certificate in every connection")
    func usesCertificate() async throws {
        let host = try VaultHost()
        host.store.enableLogin("cert")
        let authority = try TestAuthority()
        let client = try authority.sign("build-sa")
        let pem = try authority.directory.read("ca.pem").replacing("\n", with: "\\n")
        try host.store.write(
            "auth/cert/certs/\(host.mount)",
            #"{"certificate": "\#(pem)", "token_policies": ["\#(host.mount)"]}"#
        )
        let options = [
            "certificateFile": client.certificate, "keyFile": client.key, "role": host.mount,
        ]
        #expect(try await host.fetch(text(host), as: host.identity("cert", options)) == served)
    }

    @Test(
        "by jwt, where the class may say at which mount",
        arguments: ["", "vaultAuthMountPath: "]
    )
    func usesToken(_ parameter: String) async throws {
        let host = try VaultHost()
        let accounts = try ServiceAccounts()
        let mount = "jwt-\(host.mount)"
        try host.store.write("sys/auth/\(mount)", #"{"type": "jwt"}"#)
        let key = accounts.publicKey.replacing("\n", with: "\\n")
        try host.store.write("auth/\(mount)/config", #"{"jwt_validation_pubkeys": ["\#(key)"]}"#)
        try host.store.write(
            "auth/\(mount)/role/ci",
            """
            {"role_type": "jwt", "bound_audiences": ["vault"], "user_claim": "sub",
             "bound_subject": "system:serviceaccount:cicd:build-sa",
             "token_policies": ["\(host.mount)"]}
            """
        )
        var options = [
            "tokenFile": try host.file("jwt", try accounts.token(of: "build-sa", in: "cicd")),
            "role": "ci",
        ]
        if parameter.isEmpty { options["mount"] = mount }
        let parameters = parameter.isEmpty ? "" : parameter + mount
        #expect(
            try await host.fetch(text(host, parameters), as: host.identity("jwt", options))
                == served
        )
        options["tokenFile"] = try host.file("other", try accounts.token(of: "x", in: "cicd"))
        let failures = try await host.failures(
            text(host, parameters),
            host.access(host.identity("jwt", options))
        )
        #expect(failures.count == 1)
        #expect(failures[0].contains("login as `cicd/build-sa` by jwt at `auth/\(mount)`: "))
    }

    @Test("by jwt is refused in the store's words while its token is not good yet, or no longer")
    func refusesUntimely() async throws {
        let host = try VaultHost()
        let accounts = try ServiceAccounts()
        let mount = "jwt-\(host.mount)"
        try host.store.write("sys/auth/\(mount)", #"{"type": "jwt"}"#)
        let key = accounts.publicKey.replacing("\n", with: "\\n")
        try host.store.write("auth/\(mount)/config", #"{"jwt_validation_pubkeys": ["\#(key)"]}"#)
        try host.store.write(
            "auth/\(mount)/role/ci",
            """
            {"role_type": "jwt", "bound_audiences": ["vault"], "user_claim": "sub",
             "token_policies": ["\(host.mount)"]}
            """
        )
        let now = Int(WallClock.system.now().nanoseconds / 1_000_000_000)
        let cases = [
            (now - 60, now + 3600, "served"), (now + 86_400, now + 90_000, "nbf"),
            (now - 90_000, now - 86_400, "exp"),
        ]
        for (start, end, word) in cases {
            let token = try accounts.token(of: "build-sa", in: "cicd", from: start, until: end)
            let options = [
                "tokenFile": try host.file("jwt", token), "role": "ci", "mount": mount,
            ]
            let said = try await host.failures(
                text(host),
                host.access(host.identity("jwt", options))
            )
            #expect(said.count == 1 && said[0].contains(word), "\(said)")
            #expect(!said[0].contains(token))
        }
    }

    @Test("by kubernetes, with a token that the cluster's API server knows")
    func usesKubernetes() async throws {
        let host = try VaultHost()
        let accounts = try ServiceAccounts()
        let mount = "k8s-\(host.mount)"
        try host.store.write("sys/auth/\(mount)", #"{"type": "kubernetes"}"#)
        try host.store.write("auth/\(mount)/config", try accounts.kubernetesConfiguration())
        try host.store.write(
            "auth/\(mount)/role/ci",
            """
            {"bound_service_account_names": ["build-sa"],
             "bound_service_account_namespaces": ["cicd"], "policies": ["\(host.mount)"]}
            """
        )
        var options = [
            "tokenFile": try host.file("sa", try accounts.token(of: "build-sa", in: "cicd")),
            "role": "ci", "mount": mount,
        ]
        #expect(
            try await host.fetch(text(host), as: host.identity("kubernetes", options)) == served
        )
        options["tokenFile"] = try host.file("other", try accounts.token(of: "other", in: "cicd"))
        let failures = try await host.failures(
            text(host),
            host.access(host.identity("kubernetes", options))
        )
        #expect(failures.count == 1)
        #expect(failures[0].contains("service account name not authorized (status 403)"))
    }

    @Test("finds what it proves itself with in each of the host's sources")
    func readsSources() async throws {
        let host = try VaultHost()
        let token = try host.store.token(policies: [host.mount])
        let path = try host.file("credentials/token", token)
        try host.directory.write("OTHER=x\nexport TOKEN='\(token)'\n", to: ".env")
        var access = host.access(host.identity("token", [:]))
        access.environment["CREDENTIALS_DIRECTORY"] = host.directory.path("credentials")
        access.sources = [
            SourceRule(name: "one", place: .file(path)),
            SourceRule(name: "many", place: .directory(host.directory.path("credentials"))),
            SourceRule(name: "env", place: .environmentFile(host.directory.path(".env"))),
            SourceRule(name: "unit", place: .credential("token")),
            SourceRule(name: "asked", place: .command(["cat", path])),
        ]
        for entry in ["one", "many.token", "env.TOKEN", "unit", "asked"] {
            access.identities[0].stores[0].options = ["tokenSource": entry]
            #expect(try await host.failures(text(host), access) == ["served [\"u\"]"])
        }
        access.identities[0].stores[0].options = ["tokenSource": "nowhere"]
        let failures = try await host.failures(text(host), access)
        #expect(failures.first?.contains("there is no source `nowhere`") == true)
    }
}
