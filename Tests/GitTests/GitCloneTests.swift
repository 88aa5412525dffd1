// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport
import Testing

@Suite struct GitCloneTests {
    /// Clones with the `git` command, the same way.
    private func reference(_ server: GitServer, _ path: String, _ options: String...) throws {
        let outcome = try Command(
            ["git", "clone", "-q", "--single-branch"] + options + [server.fullAddress(), path],
            environment: try server.environment()
        ).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "\(outcome)") }
    }

    @Test(arguments: [nil, "main", "feature/x", "v1", "light"])
    func `a clone of a branch or a tag is what git makes of it`(revision: String?) throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        var options: [String] = []
        if let revision { options = ["-b", revision] }
        for option in [options] {
            if option.isEmpty {
                try reference(server, place.path("git"))
            } else {
                try reference(server, place.path("git"), option[0], option[1])
            }
        }
        let request = CloneRequest(
            try server.url(),
            revision: revision,
            access: try server.access()
        )
        let cache = MirrorCache(directory: place.path("cache"))
        for (name, cache) in [("direct", nil), ("cold", cache), ("warm", cache)] {
            let outcome = try GitClone(request, cache: cache).run(into: place.path(name))
            #expect(try WorkTree(place.path(name)) == WorkTree(place.path("git")), "\(name)")
            #expect(try WorkTree.faults(place.path(name)) == "", "\(name)")
            #expect(outcome.isFromCache == (name == "warm"))
        }
    }

    @Test func `a pull reference, a commit and the start of its id are checked out detached`()
        throws
    {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let pull = try server.script("git -C work.git rev-parse refs/pull/7/head").prefix(40)
        let old = try server.script("git -C work.git rev-parse main~2").prefix(40)
        let cache = MirrorCache(directory: place.path("cache"))
        var count = 0
        for (revision, commit) in [
            ("refs/pull/7/head", pull), ("pull/7/head", pull), (String(pull), pull),
            (String(old), old), (String(old.prefix(9)), old),
        ] {
            for cache in [nil, cache] {
                count += 1
                let path = place.path("clone\(count)")
                let request = CloneRequest(
                    try server.url(),
                    revision: revision,
                    access: try server.access()
                )
                let outcome = try GitClone(request, cache: cache).run(into: path)
                #expect(outcome.commit?.id == ObjectID(commit), "\(revision)")
                #expect(try WorkTree(path).head == "\(commit)\n\(commit)\n", "\(revision)")
                #expect(try WorkTree.faults(path) == "", "\(revision)")
            }
        }
    }

    @Test func `depth leaves the older history out, as git does`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        try reference(server, place.path("git"), "--depth=2", "--no-tags")
        var request = CloneRequest(try server.url(), access: try server.access())
        request.depth = 2
        let outcome = try GitClone(request).run(into: place.path("own"))
        #expect(outcome.notes == [])
        #expect(try WorkTree(place.path("own")).files == WorkTree(place.path("git")).files)
        #expect(try WorkTree.faults(place.path("own")) == "")
        let file = try place.read("own/.git/shallow")
        #expect(try file == place.read("git/.git/shallow"))
    }

    @Test func `a clone of a directory is what git makes of it`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let path = server.cluster.directory.path("git/work.git")
        let outcome = try Command([
            "git", "clone", "-q", "--single-branch", "file://\(path)", place.path("git"),
        ]).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        _ = try GitClone(CloneRequest(try GitAddress("file://\(path)").url))
            .run(into: place.path("own"))
        #expect(try WorkTree(place.path("own")) == WorkTree(place.path("git")))
        #expect(try WorkTree.faults(place.path("own")) == "")
    }

    @Test func `without the right credential nothing is cloned and nothing is left behind`() throws
    {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        var without = try server.access()
        without.entries = []
        for access in [without, try server.access(password: "wrong")] {
            let error = #expect(throws: GitError.self) {
                try GitClone(CloneRequest(server.url(), access: access))
                    .run(into: place.path("own"))
            }
            #expect(error?.code == .accessDenied)
            #expect(try Directory.names(in: place.path) == [])
        }
    }

    @Test func `the cache hands out nothing to whom the server shows nothing`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        let good = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(good, cache: cache).run(into: place.path("first"))
        let bad = CloneRequest(try server.url(), access: try server.access(password: "wrong"))
        let error = #expect(throws: GitError.self) {
            try GitClone(bad, cache: cache).run(into: place.path("second"))
        }
        #expect(error?.code == .accessDenied)
        #expect(throws: GitError.self) {
            try GitRemote(server.url(), access: bad.access, cache: cache).file("run.sh", at: nil)
        }
    }

    @Test func `no file of a clone or of the cache holds the credential`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let token = try server.cluster.secret("token")
        let address = try GitAddress(server.fullAddress())
        var access = GitAccess()
        access.tls.authorityFile = server.cluster.authority
        let credential = try #require(address.credential)
        access.entries = [GitAccess.Entry(scope: address.url, credential)]
        let cache = MirrorCache(directory: place.path("cache"))
        _ = try GitClone(CloneRequest(address.url, access: access), cache: cache)
            .run(into: place.path("own"))
        let found = try Command(["grep", "-rlaF", token, place.path]).run()
        #expect(found.output == "")
        #expect(found.exitCode == 1)
        #expect(try place.read("own/.git/config").contains("url = \(try server.url())\n"))
    }

    @Test func `a server that shows a certificate of another authority is not trusted`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        var access = try server.access()
        access.tls.authorityFile = nil
        let error = #expect(throws: GitError.self) {
            try GitClone(CloneRequest(server.url(), access: access)).run(into: place.path("own"))
        }
        #expect(error?.code == .notTrusted)
    }

    @Test func `what is not there is said so`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let access = try server.access()
        for revision in ["nowhere", "refs/heads/nowhere", String(repeating: "a", count: 40)] {
            let request = CloneRequest(try server.url(), revision: revision, access: access)
            let error = #expect(throws: GitError.self) {
                try GitClone(request).run(into: place.path("own"))
            }
            #expect(error?.code == .noSuchRevision, "\(revision): \(error.debugDescription)")
        }
        let missing = CloneRequest(try server.url("missing"), access: access)
        let error = #expect(throws: GitError.self) {
            try GitClone(missing).run(into: place.path("own"))
        }
        #expect(error?.code == .noSuchRepository)
    }

    @Test func `a directory with something in it is not cloned into`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        try place.write("mine", to: "own/file")
        let request = CloneRequest(try server.url(), access: try server.access())
        let error = #expect(throws: GitError.self) {
            try GitClone(request).run(into: place.path("own"))
        }
        #expect(error?.code == .destination)
        #expect(try place.read("own/file") == "mine")
        try Directory.create(place.path("empty"), permissions: 0o755)
        _ = try GitClone(request).run(into: place.path("empty"))
        #expect(try WorkTree.faults(place.path("empty")) == "")
    }

    @Test func `one file of a revision is read through the cache`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let remote = GitRemote(
            try server.url(),
            access: try server.access(),
            cache: MirrorCache(directory: place.path("cache"))
        )
        let file = try remote.file("src/one.txt", at: "v1")
        #expect(file.bytes == Array("one\n".utf8))
        let pull = try remote.file("pull.txt", at: "refs/pull/7/head")
        #expect(pull.bytes == Array("pull\n".utf8))
        let error = #expect(throws: GitError.self) { try remote.file("pull.txt", at: "main") }
        #expect(error?.code == .noSuchRevision)
        try server.script(
            """
            git clone -q work.git t && cd t && echo two > src/one.txt && git commit -qam two
            git push -q origin main
            """
        )
        #expect(try remote.file("src/one.txt", at: nil).bytes == Array("two\n".utf8))
    }
}
