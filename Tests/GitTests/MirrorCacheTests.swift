// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport
import Testing

@Suite struct MirrorCacheTests {
    /// How often the server sent a pack.
    private func downloads(_ server: GitServer) throws -> Int {
        try server.cluster.directory.read("web/access.log").split(separator: "\n")
            .count { $0.contains("POST") && $0.contains("git-upload-pack") && $0.contains(" 200 ") }
    }

    @Test func `many clones at once make one download, and each is whole`() async throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let request = CloneRequest(try server.url(), access: try server.access())
        let cache = MirrorCache(directory: place.path("cache"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    let operation = GitOperation()
                    _ = try await GitJob.run(operation) { () throws(GitError) in
                        try GitClone(request, cache: cache, operation: operation)
                            .run(into: place.path("clone\(number)"))
                    }
                }
            }
            try await group.waitForAll()
        }
        for number in 0..<12 { #expect(try WorkTree.faults(place.path("clone\(number)")) == "") }
        #expect(try downloads(server) == 1)
    }

    @Test func `only what is new is fetched, and the server's deletions and rewrites are followed`()
        throws
    {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        var request = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(request, cache: cache).run(into: place.path("first"))
        let before = try #require(try cache.list().first).byteCount
        try server.script(
            """
            git clone -q work.git t && cd t && echo new > new.txt && git add -A && git commit -qm new
            git push -q origin main
            """
        )
        let second = try GitClone(request, cache: cache).run(into: place.path("second"))
        #expect(!second.isFromCache)
        #expect(try place.read("second/new.txt") == "new\n")
        let growth = try #require(try cache.list().first).byteCount - before
        #expect(growth > 0 && growth < 100_000, "\(growth)")
        try server.script("git -C work.git update-ref refs/heads/main main~2")
        let third = try GitClone(request, cache: cache).run(into: place.path("third"))
        #expect(third.isFromCache)
        #expect(throws: (any Error).self) { try place.read("third/new.txt") }
        #expect(try WorkTree.faults(place.path("third")) == "")
        request.revision = "feature/x"
        let other = try GitClone(request, cache: cache).run(into: place.path("fourth"))
        #expect(other.branch == "feature/x")
        #expect(try WorkTree.faults(place.path("fourth")) == "")
    }

    @Test func `to whom the server shows nothing, the cache gives nothing`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        let request = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(request, cache: cache).run(into: place.path("first"))
        try server.script("rm -rf work.git/packed-refs work.git/refs/*/*")
        let second = try GitClone(request, cache: cache).run(into: place.path("second"))
        #expect(second.notes == ["the repository is empty"])
        let objects = try Command(["find", place.path("second/.git/objects"), "-type", "f"]).run()
        #expect(objects.output == "")
    }

    @Test func `a pack whose index was never written goes with the next fetch`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        let request = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(request, cache: cache).run(into: place.path("first"))
        let packs = try Command(["find", place.path("cache"), "-name", "*.pack"]).run().output
        let orphan = packs.dropLast(12) + "0123abc.pack"
        #expect(try Command(["cp", String(packs.dropLast()), "\(orphan)"]).run().exitCode == 0)
        try server.script(
            """
            git clone -q work.git t && cd t && echo new > new.txt && git add -A && git commit -qm new
            git push -q origin main
            """
        )
        _ = try GitClone(request, cache: cache).run(into: place.path("second"))
        #expect(throws: SystemError.self) { try FileStatus(of: "\(orphan)") }
        #expect(try WorkTree.faults(place.path("second")) == "")
    }

    @Test func `a damaged mirror is made anew`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        let request = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(request, cache: cache).run(into: place.path("first"))
        let packs = try Command(["find", place.path("cache"), "-name", "*.pack"]).run().output
        let pack = String(packs.dropLast())
        #expect(try Command(["chmod", "u+w", pack]).run().exitCode == 0)
        #expect(try Command(["truncate", "-s", "-100", pack]).run().exitCode == 0)
        #expect(try cache.list().map(\.isDamaged) == [true])
        _ = try GitClone(request, cache: cache).run(into: place.path("second"))
        #expect(try WorkTree.faults(place.path("second")) == "")
        #expect(try cache.list().map(\.isDamaged) == [false])
    }

    @Test func `a byte that changed within a pack never reaches a clone's files`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        let request = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(request, cache: cache).run(into: place.path("first"))
        let packs = try Command(["find", place.path("cache"), "-name", "*.pack"]).run().output
        let pack = String(packs.dropLast())
        let harm = "chmod u+w '\(pack)'; printf X | dd of='\(pack)' bs=1 seek=1500000 conv=notrunc"
        #expect(try Command(["/bin/sh", "-c", harm]).run().exitCode == 0)
        _ = try GitClone(request, cache: cache).run(into: place.path("second"))
        #expect(try WorkTree.faults(place.path("second")) == "")
    }

    @Test func `what a step writes into its clone does not reach the cache`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        let request = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(request, cache: cache).run(into: place.path("first"))
        let harm = """
            for f in '\(place.path("first"))'/.git/objects/pack/*; do
            chmod u+w $f; printf XXXX | dd of=$f bs=1 seek=100 conv=notrunc; done
            """
        #expect(try Command(["/bin/sh", "-c", harm]).run().exitCode == 0)
        _ = try GitClone(request, cache: cache).run(into: place.path("second"))
        #expect(try WorkTree.faults(place.path("second")) == "")
    }

    @Test func `prune removes what was not used, and nothing else`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: place.path("cache"))
        let request = CloneRequest(try server.url(), access: try server.access())
        _ = try GitClone(request, cache: cache).run(into: place.path("first"))
        #expect(try cache.prune(unusedSince: "2020-01-01T00:00:00Z") == [])
        #expect(try cache.list().map(\.url) == ["\(request.url)"])
        #expect(try cache.prune(unusedSince: "2999-01-01T00:00:00Z").count == 1)
        #expect(try cache.list() == [])
        _ = try GitClone(request, cache: cache).run(into: place.path("second"))
        #expect(try WorkTree.faults(place.path("second")) == "")
    }
}
