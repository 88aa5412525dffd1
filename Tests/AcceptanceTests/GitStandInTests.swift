// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// The program under its other names, and the real `git` beside it for comparison.
@Suite struct GitStandInTests {
    /// Runs a script with the stand-in, or git itself, ahead in PATH.
    private func script(
        _ text: String,
        _ cluster: SandboxCluster,
        _ place: TemporaryDirectory,
        standsIn: Bool
    ) throws -> CommandOutcome {
        let home = place.path(standsIn ? "own" : "git")
        try Directory.create("\(home)/bin", permissions: 0o755)
        if standsIn {
            let link = try Command(["ln", "-sf", Checkout.tacit, "\(home)/bin/git"]).run()
            #expect(link.exitCode == 0)
        }
        let token = try cluster.secret("token")
        let prelude = """
            cd '\(home)'; U=https://localhost:\(cluster.port)/timespan.git
            printf '[credential]\\n\\thelper = store\\n' > .gitconfig
            echo 'https://oauth2:\(token)@localhost:\(cluster.port)' > .git-credentials

            """
        return try Command(
            ["/bin/sh", "-c", prelude + text],
            environment: [
                "PATH": "\(home)/bin:/usr/bin:/bin", "HOME": home, "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_SSL_CAINFO": cluster.authority, "GIT_TERMINAL_PROMPT": "0",
            ]
        ).run()
    }

    @Test(arguments: [
        "git clone -q $U r && cd r && git rev-parse HEAD && git log -1 --pretty=%ct && ls -a",
        "git clone -q --depth 1 -b main $U r && cd r && git log -1 --format='%H %an <%ae> %cI %s' && ls",
        "git init -q r; cd r; git remote add origin $U; git fetch -q --depth=1 origin main; "
            + "git checkout -q FETCH_HEAD; git rev-parse HEAD; git rev-parse --abbrev-ref HEAD; ls",
        "git clone -q $U r && cd r && git checkout -q -b work && git rev-parse --abbrev-ref HEAD "
            + "&& git rev-parse --short=10 HEAD && git rev-parse --is-inside-work-tree",
        "git config --global --add safe.directory '*'; git config --global user.name 'A B'; "
            + "git config --get user.name; git config user.name; git config --get no.such; echo $?",
        "git clone -q $U r; cd r; git config core.x y; git config --get core.X; "
            + "git config --get remote.origin.url | sed 's/:[0-9]*//'; git remote",
        "git clone -q $U r; cd r; git checkout -q nowhere; echo $?; git rev-parse nowhere; echo $?",
        "cd /; git rev-parse HEAD; echo $?",
    ])
    func `what scripts ask of git is answered as git answers`(text: String) throws {
        let cluster = try SandboxCluster()
        let place = try TemporaryDirectory()
        let own = try script(text, cluster, place, standsIn: true)
        let git = try script(text, cluster, place, standsIn: false)
        let lines = git.output.split(separator: "\n").filter { $0 != "nowhere" }
        #expect(own.output.split(separator: "\n") == lines, "\(own)\n\(git)")
        #expect(own.exitCode == git.exitCode, "\(own)\n\(git)")
        #expect(!own.error.contains(try cluster.secret("token")))
    }

    @Test func `a command that is not stood in for is named`() throws {
        let cluster = try SandboxCluster()
        let place = try TemporaryDirectory()
        let outcome = try script("git push origin main", cluster, place, standsIn: true)
        #expect(outcome.exitCode == 129)
        #expect(outcome.error.contains("cannot do `git push`"), "\(outcome)")
    }

    @Test(.enabled(if: SharedCorpus.isPresent, SharedCorpus.need))
    func `the catalog's git-clone Task runs as it is, with its results`() throws {
        let lines = String(
            decoding: try SharedCorpus.read("corpus/tekton/catalog.jsonl"),
            as: UTF8.self
        )
        let entry = try #require(
            try lines.split(separator: "\n").lazy.map { try JSONValue.parse(Array($0.utf8)) }
                .first { $0["id"]?.string == "git-clone-0.10" }
        )
        let cluster = try SandboxCluster()
        let token = try cluster.secret("token")
        let place = try TemporaryDirectory()
        let url = "https://localhost:\(cluster.port)"
        try place.write(try cluster.directory.read("tls/ca.crt"), to: "ca/ca-bundle.crt")
        try place.write("[credential]\n\thelper = store\n", to: "auth/.gitconfig")
        try place.write(
            "https://oauth2:\(token)@localhost:\(cluster.port)\n",
            to: "auth/.git-credentials"
        )
        try Directory.create(place.path("out"), permissions: 0o777)
        #expect(try Command(["chmod", "-R", "a+rwX", place.path]).run().exitCode == 0)
        let run = try Run(
            try #require(entry["yaml"]?.string),
            "-p",
            "url=\(url)/timespan.git",
            "-w",
            "output=\(place.path("out"))",
            "-w",
            "basic-auth=\(place.path("auth"))",
            "-w",
            "ssl-ca-directory=\(place.path("ca"))",
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let commit = try Command([
            "git", "-c", "safe.directory=*", "-C", place.path("out"), "rev-parse", "HEAD",
        ]).run().output.dropLast()
        #expect(commit.count == 40)
        #expect(outcome.output.contains("\"\(commit)\""), "\(outcome)")
        let status = try Command([
            "git", "-c", "safe.directory=*", "-C", place.path("out"), "status", "--porcelain",
        ]).run()
        #expect(status.output == "" && status.exitCode == 0, "\(status)")
        #expect(try !place.read("out/.git/config").contains(token))
    }
}
