// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Diagnostics
import JSON
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing

/// A host with identities for a real OpenBao, in which it has a key-value mount of its own.
final class VaultHost: Sendable {
    let store: OpenBao
    let directory: TemporaryDirectory
    /// The name of its mount (version 2), its policy and its AppRole.
    let mount: String
    private let registered = Mutex<[String]>([])
    private let reported = Mutex<[String]>([])
    private let servers = Mutex<[FaultyServer]>([])

    /// The account that classes are fetched for.
    static let account = "cicd/build-sa"

    init(_ store: OpenBao? = nil) throws {
        self.store = try store ?? OpenBao.shared.get()
        directory = try TemporaryDirectory()
        mount = "kv-" + (try RandomBytes.system.hexadecimal(byteCount: 6))
        try self.store.write(
            "sys/mounts/\(mount)",
            #"{"type": "kv", "options": {"version": "2"}}"#
        )
        try self.store.setPolicy(mount, #"path "\#(mount)/data/app" { capabilities = ["read"] }"#)
        try self.store.write(
            "\(mount)/data/app",
            #"{"data": {"username": "ci-user", "password": "p4ssw0rd-of-app", "port": 5432}}"#
        )
    }

    /// Lets a server live as long as this host.
    func keep(_ server: FaultyServer) { servers.withLock { $0.append(server) } }

    /// Writes a file that only its owner reads; its path.
    func file(_ name: String, _ text: String) throws -> String {
        try directory.write(text + "\n", to: name, permissions: 0o600)
    }

    /// An identity that logs in with an AppRole of the host's policy.
    func appRole(policies: [String]? = nil, options: String = "") throws -> StoreIdentity {
        store.enableLogin("approle")
        let (roleID, secretID) = try store.appRole(
            mount,
            policies: policies ?? [mount],
            options: options
        )
        return identity(
            "approle",
            [
                "roleIdFile": try file("role-id", roleID),
                "secretIdFile": try file("secret-id", secretID),
            ]
        )
    }

    func identity(_ method: String, _ options: [String: String]) -> StoreIdentity {
        StoreIdentity(store: .vault, method: method, endpoints: [store.url], options: options)
    }

    /// The configuration of the host, with that identity for its account.
    ///
    /// `url` is where the store is reached instead, for a server that stands before it.
    func access(_ identity: StoreIdentity, url: String? = nil) -> StoreAccess {
        var access = StoreAccess()
        access.identities = [IdentityRule(serviceAccount: Self.account, stores: [identity])]
        var endpoint = EndpointRule(address: store.url, url: url ?? store.url)
        endpoint.authorityFile = url == nil ? store.authority : nil
        access.endpoints = [endpoint]
        access.environment = ["PATH": "/usr/bin:/bin"]
        access.deadline = .seconds(10)
        return access
    }

    func factory(_ access: StoreAccess) -> SecretStoreFactory {
        SecretStoreFactory(
            local: LocalStore(paths: LocalStorePaths(stateDirectory: directory.path("state"))),
            access: access,
            stateDirectory: directory.path("state"),
            register: { [self] secret, name in
                let text = secret.bytes.withBytes { bytes in
                    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
                }
                registered.withLock { $0.append("\(name)=\(text)") }
            },
            report: { [self] line in reported.withLock { $0.append(line) } }
        )
    }

    /// The secrets that were made known to the redactor, `NAME=VALUE`.
    var registrations: [String] { registered.withLock { $0 } }

    /// What the user was told.
    var reports: [String] { reported.withLock { $0 } }

    /// A class of the store with these objects, each a flow mapping (`objectName: a, secretPath: b`).
    func classText(
        _ objects: [String],
        parameters: String = "",
        provider: String = "vault"
    ) -> String {
        let list = objects.map { "  - {\($0)}" }.joined(separator: "\n")
        return SecretsTests.classText(
            provider,
            "vaultAddress: \"\(store.url)\"\nroleName: \"ci\"\n\(parameters)\nobjects: |\n\(list)"
        )
    }

    func request(_ text: String) throws -> SecretRequest {
        let (parsed, diagnostics) = parseClass(text)
        #expect(said(diagnostics) == [])
        let parts = Self.account.split(separator: "/")
        return SecretRequest(
            secretClass: try #require(parsed),
            namespace: String(parts[0]),
            serviceAccount: String(parts[1])
        )
    }

    /// What a class comes to with an identity: the content of each file by its path.
    func fetch(_ text: String, as identity: StoreIdentity) async throws -> [String: String] {
        let factory = factory(access(identity))
        defer { withExtendedLifetime(factory) {} }
        let store = try factory.store(for: "vault", local: false)
        let files: [FetchedSecret]
        do {
            files = try await store.fetch(try request(text))
        } catch {
            _ = await factory.close()
            throw error
        }
        #expect(await factory.close().isEmpty)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.version.text) })
    }

    /// `object line: message; remedy` for each failure of a fetch.
    func failures(_ text: String, _ access: StoreAccess) async throws -> [String] {
        let factory = factory(access)
        do throws(SecretStoreError) {
            let store = try factory.store(for: "vault", local: false)
            let request: SecretRequest
            do { request = try self.request(text) } catch { return ["\(error)"] }
            let files = try await store.fetch(request)
            _ = await factory.close()
            return ["served \(files.map(\.path))"]
        } catch {
            _ = await factory.close()
            return error.failures.map { failure in
                let line = failure.location.map { "\($0.line)" } ?? "-"
                let remedy = failure.remedy.isEmpty ? "" : "; \(failure.remedy)"
                return "\(failure.object) \(line): \(failure.message)\(remedy)"
            }
        }
    }
}

extension SecretVersion {
    /// The value as text.
    var text: String {
        value.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}
