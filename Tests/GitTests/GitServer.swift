// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport

/// A real git server over TLS with a repository of many kinds of content, and what this side needs to reach it.
final class GitServer: Sendable {
    let cluster: SandboxCluster

    /// Starts it, with one repository that has branches, tags, a pull reference, modes and links.
    init(repository: String = "work") throws {
        cluster = try SandboxCluster()
        try makeRepository(repository)
    }

    func url(_ repository: String = "work") throws -> GitURL {
        try GitAddress("https://localhost:\(cluster.port)/\(repository).git").url
    }

    /// Trusts the server, and has its credential unless told otherwise.
    func access(password: String? = nil) throws -> GitAccess {
        var access = GitAccess()
        access.tls.authorityFile = cluster.authority
        let secret = try password ?? cluster.secret("token")
        access.entries = [
            GitAccess.Entry(
                scope: try url(),
                .password(user: try LockedText("oauth2"), try LockedText(secret))
            )
        ]
        access.entries[0].scope = try url().replacing(path: "/")
        return access
    }

    /// The environment in which the `git` command reaches the server.
    func environment() throws -> [String: String] {
        [
            "PATH": "/usr/bin:/bin", "HOME": cluster.directory.path, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_SSL_CAINFO": cluster.authority, "GIT_TERMINAL_PROMPT": "0",
        ]
    }

    /// The address with its credential in it, for the `git` command.
    func fullAddress(_ repository: String = "work") throws -> String {
        let token = try cluster.secret("token")
        return "https://oauth2:\(token)@localhost:\(cluster.port)/\(repository).git"
    }

    /// Runs a shell script in the directory of the bare repositories.
    @discardableResult
    func script(_ text: String) throws -> String {
        let prelude = """
            set -eu
            cd '\(cluster.directory.path("git"))'
            export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@x GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@x
            export GIT_CONFIG_NOSYSTEM=1 HOME=/nonexistent

            """
        let outcome = try Command(["/bin/sh", "-c", prelude + text]).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "\(outcome)") }
        return outcome.output
    }

    private func makeRepository(_ name: String) throws {
        try script(
            """
            git init -q -b main \(name).tree
            cd \(name).tree
            mkdir -p src/deep 'odd names'
            echo one > src/one.txt
            printf '#!/bin/sh\\necho hi\\n' > run.sh
            chmod +x run.sh
            ln -s src/one.txt link
            printf 'a\\r\\nb\\r\\n' > dos.txt
            printf 'x\\n' > 'odd names/späce "quote".txt'
            printf '*.bat text eol=crlf\\n*.auto text=auto\\n' > .gitattributes
            printf 'echo off\\n' > go.bat
            printf 'a\\nb\\n' > some.auto
            head -c 3000000 /dev/urandom > big.bin
            git add -A
            git commit -q -m first
            git tag light
            git tag -a v1 -m 'version one'
            for i in 1 2 3; do echo $i > src/deep/$i; git add -A; git commit -q -m "change $i"; done
            git checkout -q -b feature/x v1
            echo feature > feature.txt
            git add -A
            git commit -q -m feature
            git tag -a on-feature -m f
            git checkout -q --detach v1
            echo pull > pull.txt
            git add -A
            git commit -q -m pull
            git update-ref refs/pull/7/head HEAD
            git checkout -q main
            cd ..
            git clone -q --bare \(name).tree \(name).git
            git -C \(name).tree push -q ../\(name).git refs/pull/7/head:refs/pull/7/head
            rm -rf \(name).tree
            """
        )
    }
}
