// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport
import Testing

@Suite struct GitContentTests {
    @Test
    func `submodules come at the commits that are named, at any depth and by relative address`()
        throws
    {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        let token = try server.cluster.secret("token")
        let root = "https://localhost:\(server.cluster.port)"
        try server.script(
            """
            export GIT_ALLOW_PROTOCOL=file
            git init -q -b main leaf.tree; cd leaf.tree; echo leaf > leaf.txt
            git add -A; git commit -q -m leaf; cd ..; git clone -q --bare leaf.tree leaf.git
            git init -q -b main mid.tree; cd mid.tree; echo mid > mid.txt
            git -c protocol.file.allow=always submodule add -q "$PWD/../leaf.git" inner/leaf
            git config -f .gitmodules submodule.inner/leaf.url ../leaf.git
            git add -A; git commit -q -m mid; cd ..; git clone -q --bare mid.tree mid.git
            git init -q -b main top.tree; cd top.tree; echo top > top.txt
            git -c protocol.file.allow=always submodule add -q "$PWD/../mid.git" mid
            git config -f .gitmodules submodule.mid.url \(root)/mid.git
            git add -A; git commit -q -m top; cd ..; git clone -q --bare top.tree top.git
            rm -rf *.tree
            """
        )
        let request = CloneRequest(try server.url("top"), access: try server.access())
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try place.read("own/mid/inner/leaf/leaf.txt") == "leaf\n")
        #expect(try WorkTree.faults(place.path("own")) == "")
        let status = try Command(
            ["git", "submodule", "status", "--recursive"],
            environment: try server.environment().merging(
                ["GIT_DIR": place.path("own/.git"), "GIT_WORK_TREE": place.path("own")]
            ) { $1 }
        ).run()
        #expect(status.exitCode == 0 || !status.error.contains("fatal: no"), "\(status)")
        let inside = try Command([
            "git", "-C", place.path("own/mid/inner/leaf"), "status", "--porcelain",
        ]).run()
        #expect(inside.exitCode == 0 && inside.output == "", "\(inside)")
        #expect(try Command(["grep", "-rlaF", token, place.path]).run().output == "")
    }

    @Test func `a submodule that names a directory of this host is refused`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        try server.script(
            """
            git init -q -b main t; cd t
            git -c protocol.file.allow=always submodule add -q "$PWD/../work.git" sub
            git commit -q -m top; cd ..; git clone -q --bare t local.git; rm -rf t
            """
        )
        let request = CloneRequest(try server.url("local"), access: try server.access())
        let error = #expect(throws: GitError.self) {
            try GitClone(request).run(into: place.path("own"))
        }
        #expect(error?.code == .malformedAddress)
        #expect(try Directory.names(in: place.path) == [])
    }

    @Test func `a sparse clone has the chosen directories, and git finds nothing missing`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        var request = CloneRequest(try server.url(), access: try server.access())
        request.directories = ["src/deep"]
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try WorkTree.faults(place.path("own")) == "")
        let git = try Command(
            [
                "git", "clone", "-q", "--sparse", "--single-branch", try server.fullAddress(),
                place.path("git"),
            ],
            environment: try server.environment()
        ).run()
        #expect(git.exitCode == 0, "\(git)")
        let chosen = try Command([
            "git", "-C", place.path("git"), "sparse-checkout", "set", "--cone", "src/deep",
        ]).run()
        #expect(chosen.exitCode == 0, "\(chosen)")
        #expect(try WorkTree(place.path("own")).files == WorkTree(place.path("git")).files)
        #expect(
            try place.read("own/.git/info/sparse-checkout")
                == place.read("git/.git/info/sparse-checkout")
        )
    }

    @Test func `pointers of Git LFS are reported`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        try server.script(
            """
            git init -q -b main t; cd t; echo '*.bin filter=lfs' > .gitattributes
            printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:0\\nsize 9\\n' > a.bin
            git -c filter.lfs.clean=cat add -A; git commit -q -m lfs; cd ..
            git clone -q --bare t lfs.git; rm -rf t
            """
        )
        let request = CloneRequest(try server.url("lfs"), access: try server.access())
        let outcome = try GitClone(request).run(into: place.path("own"))
        #expect(outcome.notes.count == 1)
        #expect(outcome.notes.first?.contains("`a.bin`") == true)
    }

    @Test(arguments: [
        ("100644", ".git"), ("100644", ".GIT"), ("100644", "git~1"), ("100644", ".."),
        ("100644", "."), ("100644", ".git "), ("100644", ".git::$INDEX_ALLOCATION"),
    ])
    func `a name that would reach out of the tree or into .git is refused, and nothing is left`(
        mode: String,
        name: String
    ) throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        try server.script(
            """
            git init -q --bare evil.git; cd evil.git
            blob=$(echo evil | git hash-object -w --stdin)
            hex=$(printf '%s' "$blob" | sed 's/../\\\\x&/g')
            { printf '%s %s\\0' '\(mode)' '\(name)'; printf '%b' "$(printf '%s' "$blob" | sed 's/../\\\\x&/g')"; } > entry
            perl -e 'my ($m,$n,$b)=@ARGV; print "$m $n\\0".pack("H*",$b)' '\(mode)' '\(name)' "$blob" > entry
            tree=$(git hash-object --literally -t tree -w entry)
            commit=$(git commit-tree -m evil $tree)
            git update-ref refs/heads/main $commit; git symbolic-ref HEAD refs/heads/main
            """
        )
        let request = CloneRequest(try server.url("evil"), access: try server.access())
        let error = #expect(throws: GitError.self) {
            try GitClone(request).run(into: place.path("own"))
        }
        #expect(error.map { $0.code != .cancelled } == true)
        #expect(try Directory.names(in: place.path) == [])
    }

    @Test func `a link in a tree does not lead a file out of it`() throws {
        let server = try GitServer()
        let place = try TemporaryDirectory()
        try Directory.create(place.path("outside"), permissions: 0o755)
        try server.script(
            """
            git init -q --bare evil.git; cd evil.git
            link=$(printf '%s' '\(place.path("outside"))' | git hash-object -w --stdin)
            blob=$(echo evil | git hash-object -w --stdin)
            sub=$(printf '100644 blob %s\\tfile\\n' $blob | git mktree)
            perl -e 'my ($l,$s)=@ARGV; print "120000 a\\0".pack("H*",$l)."40000 a\\0".pack("H*",$s)' $link $sub > entry
            tree=$(git hash-object --literally -t tree -w entry)
            commit=$(git commit-tree -m evil $tree)
            git update-ref refs/heads/main $commit; git symbolic-ref HEAD refs/heads/main
            """
        )
        let request = CloneRequest(try server.url("evil"), access: try server.access())
        // Whether it is refused, or one of the two entries is left out: nothing appears outside.
        _ = try? GitClone(request).run(into: place.path("own"))
        #expect(try Directory.names(in: place.path("outside")) == [])
    }
}
