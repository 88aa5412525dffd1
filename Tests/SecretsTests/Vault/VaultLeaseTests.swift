// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Secrets
import TestSupport
import Testing

/// What a store lends: credentials of a database, made anew for each that asks.
@Suite("A lease")
struct VaultLeaseTests {
    /// A store with a database of its own, whose users live for `seconds`.
    private final class Lender: Sendable {
        let host: VaultHost
        let database: RedisServer
        var path: String { "\(host.mount)-db/creds/ci" }

        init(seconds: Int) throws {
            host = try VaultHost()
            database = try RedisServer()
            let mount = "\(host.mount)-db"
            try host.store.write("sys/mounts/\(mount)", #"{"type": "database"}"#)
            try host.store.write(
                "\(mount)/config/r",
                """
                {"plugin_name": "redis-database-plugin", "host": "127.0.0.1",
                 "port": \(database.port), "username": "default",
                 "password": "\(database.password)", "allowed_roles": ["*"]}
                """
            )
            try host.store.write(
                "\(mount)/roles/ci",
                #"{"db_name": "r", "creation_statements": "[\"+@read\",\"~*\"]", "default_ttl": "\#(seconds)s", "max_ttl": "10m"}"#
            )
            try host.store.setPolicy(
                host.mount,
                """
                path "\(mount)/creds/ci" { capabilities = ["read"] }
                path "auth/token/revoke-accessor" { capabilities = ["update"] }
                """
            )
        }

        var text: String {
            host.classText([
                "objectName: user, secretPath: \(path), secretKey: username",
                "objectName: password, secretPath: \(path), secretKey: password",
            ])
        }

        /// The database's users that the store has made.
        func users() throws -> [String] {
            try database.users().filter { $0 != "default" }
        }

        func waitForUsers(_ isRight: ([String]) -> Bool) throws -> [String] {
            for _ in 0..<100 {
                if isRight(try users()) { break }
                SystemThread.sleep(nanoseconds: 50_000_000)
            }
            return try users()
        }
    }

    @Test("gives all its objects one credential, serves it again, and goes back at the end")
    func isServedAgain() async throws {
        let lender = try Lender(seconds: 60)
        let factory = lender.host.factory(lender.host.access(try lender.host.appRole()))
        let store = try factory.store(for: "vault", local: false)
        let request = try lender.host.request(lender.text)
        let first = try await store.fetch(request)
        #expect(try lender.users() == [first[0].version.text])
        let lifetime = try #require(first[0].lifetime)
        #expect((.seconds(50)...Duration.seconds(60)).contains(lifetime))
        // A poll that minted a user each time is what the CSI driver does.
        for _ in 0..<3 {
            let again = try await store.fetch(request)
            #expect(
                again.map { $0.version === first[0].version || $0.version === first[1].version }
                    == [true, true]
            )
        }
        #expect(try lender.users().count == 1)
        #expect(await factory.close().isEmpty)
        #expect(try lender.waitForUsers(\.isEmpty) == [])
    }

    @Test("is renewed at two thirds of its time, for as long as it is needed")
    func isRenewed() async throws {
        let lender = try Lender(seconds: 6)
        let factory = lender.host.factory(lender.host.access(try lender.host.appRole()))
        let store = try factory.store(for: "vault", local: false)
        let request = try lender.host.request(lender.text)
        let first = try await store.fetch(request)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await factory.maintain() }
            try? await Task.sleep(for: .seconds(10))
            group.cancelAll()
        }
        #expect(try lender.users() == [first[0].version.text])
        let again = try await store.fetch(request)
        #expect(again[0].version === first[0].version)
        #expect(lender.host.reports == [])
        #expect(await factory.close().isEmpty)
    }

    @Test("that has ended is made anew when asked for")
    func isMadeAnew() async throws {
        let lender = try Lender(seconds: 1)
        let factory = lender.host.factory(lender.host.access(try lender.host.appRole()))
        let store = try factory.store(for: "vault", local: false)
        let request = try lender.host.request(lender.text)
        let first = try await store.fetch(request)
        try await Task.sleep(for: .seconds(2))
        let second = try await store.fetch(request)
        #expect(second[0].version !== first[0].version)
        #expect(second[0].version.text != first[0].version.text)
        #expect(await factory.close().isEmpty)
    }

    @Test("of an outage is reported once, and the rest is served on")
    func outlivesOutage() async throws {
        let lender = try Lender(seconds: 20)
        let proxy = try FaultyServer(
            upstream: lender.host.store.url,
            upstreamAuthority: lender.host.store.authority
        )
        let access = lender.host.access(try lender.host.appRole(), url: proxy.url)
        let factory = lender.host.factory(access)
        let store = try factory.store(for: "vault", local: false)
        let request = try lender.host.request(lender.text)
        let first = try await store.fetch(request)
        try proxy.setFaults(#"[{"fault": "close", "path": "/leases/renew", "times": 9999}]"#)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await factory.maintain() }
            try? await Task.sleep(for: .milliseconds(16500))
            try? proxy.setFaults("[]")
            try? await Task.sleep(for: .milliseconds(4500))
            group.cancelAll()
        }
        #expect(lender.host.reports.count == 1)
        #expect(lender.host.reports.first?.contains("cannot be renewed for now") == true)
        #expect(first[0].version.value.count > 0)
        #expect(await factory.close().isEmpty)
    }

    @Test("left behind by a killed process goes back with the next one")
    func isRecovered() async throws {
        let lender = try Lender(seconds: 60)
        let identity = try lender.host.appRole()
        var killed: SecretStoreFactory? = lender.host.factory(lender.host.access(identity))
        let files = try await killed?.store(for: "vault", local: false)
            .fetch(try lender.host.request(lender.text))
        #expect(files?.count == 2)
        let ledgers = lender.host.directory.path("state/leases")
        #expect(try Directory.names(in: ledgers).count == 1)
        // While its process lives nobody takes it for left behind.
        let next = lender.host.factory(lender.host.access(identity))
        await next.recover()
        #expect(try lender.users().count == 1)
        killed = nil
        await next.recover()
        #expect(try lender.waitForUsers(\.isEmpty) == [])
        #expect(await next.close().isEmpty)
        #expect(try Directory.names(in: ledgers) == [])
        #expect(lender.host.reports == [])
    }

    @Test("that may not be given back stays on record, and the user is told what is missing")
    func namesMissingRight() async throws {
        let lender = try Lender(seconds: 60)
        try lender.host.store.setPolicy(
            lender.host.mount,
            #"path "\#(lender.path)" { capabilities = ["read"] }"#
        )
        let identity = try lender.host.appRole()
        var killed: SecretStoreFactory? = lender.host.factory(lender.host.access(identity))
        _ = try await killed?.store(for: "vault", local: false)
            .fetch(try lender.host.request(lender.text))
        killed = nil
        let next = lender.host.factory(lender.host.access(identity))
        await next.recover()
        #expect(lender.host.reports.count == 1)
        #expect(lender.host.reports.first?.contains("permission denied") == true)
        #expect(lender.host.reports.first?.contains("auth/token/revoke-accessor") == true)
        #expect(await next.close().isEmpty)
        let ledgers = lender.host.directory.path("state/leases")
        #expect(try Directory.names(in: ledgers).count == 1)
    }
}
