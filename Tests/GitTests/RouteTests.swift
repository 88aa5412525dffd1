// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport
import Testing

/// The ways to a server: git://, proxies, certificates, other names.
@Suite struct RouteTests {
    @Test
    func `a clone over git protocol is what git makes of it, and depth is said to be missing`()
        throws
    {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let port = Int.random(in: 31_000..<32_700)
        let daemon = try Command([
            "git", "daemon", "--reuseaddr", "--export-all", "--listen=127.0.0.1", "--port=\(port)",
            "--base-path=\(server.cluster.directory.path("git"))",
        ]).start()
        defer { daemon.send(.kill) }
        let address = "git://127.0.0.1:\(port)/work.git"
        let clone =
            "for i in $(seq 50); do git clone -q --single-branch \(address) '\(place.path("git"))' "
            + "2>/dev/null && exit 0; sleep 0.1; done; exit 1"
        #expect(try Command(["/bin/sh", "-c", clone]).run().exitCode == 0)
        var request = CloneRequest(try GitAddress(address).url)
        let cache = MirrorCache(directory: place.path("cache"))
        for (name, cache) in [("direct", nil), ("cold", cache), ("warm", cache)] {
            _ = try GitClone(request, cache: cache).run(into: place.path(name))
            #expect(try WorkTree(place.path(name)) == WorkTree(place.path("git")), "\(name)")
            #expect(try WorkTree.faults(place.path(name)) == "")
        }
        request.depth = 1
        let outcome = try GitClone(request).run(into: place.path("depth"))
        #expect(outcome.notes.contains { $0.contains("no shallow fetch from git remotes") })
    }

    @Test func `a server that does not answer over git protocol is unreachable`() throws {
        let place = try TemporaryDirectory()
        let request = CloneRequest(try GitAddress("git://127.0.0.1:1/work.git").url)
        let error = #expect(throws: GitError.self) {
            try GitClone(request).run(into: place.path("own"))
        }
        #expect(error?.code == .unreachable, "\(error.debugDescription)")
    }

    @Test func `https goes through a proxy by CONNECT, with the proxy's own credential`() throws {
        let server = try GitServer()
        let proxy = try ProxyServer()
        let place = try TemporaryDirectory()
        var request = CloneRequest(try server.url(), access: try server.access())
        request.access.proxy = "http://\(ProxyServer.login)@127.0.0.1:\(proxy.port)"
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try WorkTree.faults(place.path("own")) == "")
        #expect(try proxy.requests() == ["CONNECT localhost:\(server.cluster.port) known"])
        request.access.proxy = "http://127.0.0.1:\(proxy.port)"
        let error = #expect(throws: GitError.self) {
            try GitClone(request).run(into: place.path("other"))
        }
        #expect(error?.code == .unreachable, "\(error.debugDescription)")
        let grep = try Command(["grep", "-r", "canary-proxy", place.path]).run()
        #expect(grep.output == "")
    }

    @Test func `http goes through a proxy, and the server's credential is not the proxy's`() throws
    {
        let server = try HostileServer("honest")
        let proxy = try ProxyServer()
        let place = try TemporaryDirectory()
        var request = try server.request()
        request.access.proxy = "http://\(ProxyServer.login)@127.0.0.1:\(proxy.port)"
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try proxy.requests().count == 2)
        #expect(try proxy.requests().allSatisfy { $0.hasSuffix(" known") })
        #expect(server.requests().allSatisfy { !$0.contains("cHJveHktdXNlcj") })
    }

    @Test func `a server that wants a certificate gets the one for it`() throws {
        let authority = try TestAuthority()
        let identity = try authority.sign("server", alternatives: "IP:127.0.0.1")
        let client = try authority.sign("client")
        let server = try HostileServer("honest", identity: (authority, identity))
        let place = try TemporaryDirectory()
        var request = try server.request()
        request.access.tls.authorityFile = authority.certificate
        let error = #expect(throws: GitError.self) {
            try GitClone(request).run(into: place.path("without"))
        }
        #expect(error.map { $0.code == .notTrusted || $0.code == .unreachable } == true)
        request.access.tls.certificateFile = client.certificate
        request.access.tls.keyFile = client.key
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try WorkTree.faults(place.path("own")) == "")
    }

    @Test
    func `an endpoint says where a server is, how it is called and which certificate it wants`()
        throws
    {
        let authority = try TestAuthority()
        let identity = try authority.sign("server", alternatives: "DNS:inner.example")
        let client = try authority.sign("client")
        let server = try HostileServer("honest", identity: (authority, identity))
        let place = try TemporaryDirectory()
        let url = try GitAddress("https://git.cluster.local/r.git").url
        var request = CloneRequest(url)
        var route = GitRoute(
            host: "git.cluster.local",
            port: 443,
            targetHost: "127.0.0.1",
            targetPort: server.port,
            authorityFile: authority.certificate
        )
        route.certificateFile = client.certificate
        route.keyFile = client.key
        request.access.routes = [route]
        let error = #expect(throws: GitError.self) {
            try GitClone(request).run(into: place.path("wrong name"))
        }
        #expect(error?.code == .notTrusted, "\(error.debugDescription)")
        request.access.routes[0].serverName = "inner.example"
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try WorkTree.faults(place.path("own")) == "")
        #expect(try place.read("own/.git/config").contains("url = \(url)\n"))
    }

    @Test func `what is no repository is told in plain words`() throws {
        let place = try TemporaryDirectory()
        try Directory.create(place.path("plain"), permissions: 0o755)
        for (name, words) in [("missing", "https://HOST/PATH"), ("plain", "no git repository")] {
            let request = CloneRequest(try GitAddress(place.path(name)).url)
            let error = #expect(throws: GitError.self) {
                try GitClone(request).run(into: place.path("own"))
            }
            #expect(error?.message.contains(words) == true, "\(error.debugDescription)")
            #expect(error?.description.contains("git_") == false)
        }
    }
}
