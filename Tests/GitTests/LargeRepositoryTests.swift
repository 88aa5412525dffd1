// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport
import Testing

/// What has to come out the same as git's on the paths that are for speed.
@Suite struct LargeRepositoryTests {
    @Test func `a plain tree of many files is what git makes of it, kind and mode of each`() throws
    {
        let server = try GitServer()
        try server.script(
            """
            git init -q -b main p; cd p
            for d in a b/c .github/workflows B-2 x+y; do mkdir -p $d; for i in $(seq 300); do echo $d $i > $d/f$i; done; done
            chmod +x a/f1 b/c/f2; ln -s ../b/c/f3 a/link; ln -s nowhere dangling; : > empty; echo x > .gitignore
            head -c 2000000 /dev/urandom > b/big.bin; printf 'a\\r\\nb' > b/crlf
            git add -fA; git commit -q -m one; cd ..; git clone -q --bare p plain.git
            """
        )
        let place = try TemporaryDirectory()
        let git = try Command(
            [
                "git", "clone", "-q", "--single-branch", server.fullAddress("plain"),
                place.path("git"),
            ],
            environment: try server.environment()
        ).run()
        #expect(git.exitCode == 0, "\(git)")
        let request = CloneRequest(try server.url("plain"), access: try server.access())
        let cache = MirrorCache(directory: place.path("cache"))
        for (name, cache) in [("direct", nil), ("cold", cache), ("warm", cache)] {
            _ = try GitClone(request, cache: cache).run(into: place.path(name))
            #expect(try WorkTree(place.path(name)) == WorkTree(place.path("git")), "\(name)")
            #expect(try WorkTree.faults(place.path(name)) == "", "\(name)")
            let script = """
                cd '\(place.path)'; git -C git ls-files -s > one; git -C '\(name)' ls-files -s | cmp - one \\
                && git -C '\(name)' diff-files --quiet
                """
            #expect(try Command(["/bin/sh", "-c", script]).run().exitCode == 0, "\(name)")
        }
    }

    @Test func `a deep history of 40,000 objects with many references is what git makes of it`()
        throws
    {
        let server = try GitServer()
        try server.script(
            """
            git init -q --bare -b main deep.git
            awk 'BEGIN { for (i = 1; i <= 6000; i++) {
                printf "commit refs/heads/main\\ncommitter A <a@x> %d +0000\\ndata 6\\nchange\\n", 1600000000 + i
                for (j = 0; j < 3; j++) { f = (i * 7 + j * 1013) % 900
                    s = sprintf("%d of %d: %d\\n%d\\n", i, f, (i * 7919) % 100003, j)
                    printf "M 100644 inline \\"d%d/späce %d\\"\\ndata %d\\n%s\\n", f % 20, f, length(s), s }
                if (i % 10 == 0) printf "reset refs/tags/t%d\\nfrom refs/heads/main\\n\\n", i
                if (i % 20 == 0) printf "reset refs/heads/b%d\\nfrom refs/heads/main\\n\\n", i } }' \\
            | git -C deep.git fast-import --quiet
            git -C deep.git repack -adq
            """
        )
        let place = try TemporaryDirectory()
        let git = try Command(
            [
                "git", "clone", "-q", "--single-branch", server.fullAddress("deep"),
                place.path("git"),
            ],
            environment: try server.environment()
        ).run()
        #expect(git.exitCode == 0, "\(git)")
        let request = CloneRequest(try server.url("deep"), access: try server.access())
        let cache = MirrorCache(directory: place.path("cache"))
        for name in ["cold", "warm"] {
            _ = try GitClone(request, cache: cache).run(into: place.path(name))
            #expect(try WorkTree(place.path(name)) == WorkTree(place.path("git")), "\(name)")
            #expect(try WorkTree.faults(place.path(name)) == "", "\(name)")
        }
    }
}
