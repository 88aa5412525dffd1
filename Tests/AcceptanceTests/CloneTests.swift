// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

@Suite struct CloneTests {
    private func tacit(
        _ host: TacitHost,
        _ cluster: SandboxCluster,
        _ arguments: [String],
        input: String? = nil
    ) -> Command {
        var command = host.tacit(arguments, input: input)
        command.environment?["GIT_SSL_CAINFO"] = cluster.authority
        return command
    }

    private func url(_ cluster: SandboxCluster, _ login: String = "") -> String {
        "https://\(login)localhost:\(cluster.port)/timespan.git"
    }

    @Test func `a secret of the embedded store lets one into a repository, and is written nowhere`()
        throws
    {
        let cluster = try SandboxCluster()
        let host = try TacitHost()
        let token = try cluster.secret("token")
        let set = try host.run(
            "secret",
            "set",
            "ci/git",
            "username=oauth2",
            "token=-",
            input: token
        )
        #expect(set.exitCode == 0, "\(set)")
        for (number, secret) in ["ci/git", "ci/git#token", "ci/git"].enumerated() {
            let directory = host.directory.path("clone\(number)")
            let outcome = try tacit(
                host,
                cluster,
                ["clone", url(cluster), directory, "--secret", secret]
            ).run()
            #expect(outcome.exitCode == 0, "\(outcome)")
            let commit = try Command(["git", "-C", directory, "rev-parse", "HEAD"]).run().output
            #expect(outcome.output == commit)
            #expect(outcome.error.hasPrefix("tacit: cloned into `\(directory)`: branch `main`"))
            #expect(outcome.error.contains("nothing new to fetch") == (number > 0))
            let status = try Command(["git", "-C", directory, "status", "--porcelain"]).run()
            #expect(status.output == "" && status.exitCode == 0)
        }
        #expect(try host.files(holding: token) == [])
        let list = try host.run("cache", "list")
        #expect(list.output.contains("\(url(cluster))\n"), "\(list)")
        #expect(try host.run("cache", "prune").output == "")
    }

    @Test func `a token in the address is used, masked and stored nowhere`() throws {
        let cluster = try SandboxCluster()
        let host = try TacitHost()
        let token = try cluster.secret("token")
        let directory = host.directory.path("clone")
        let outcome = try tacit(
            host,
            cluster,
            ["clone", url(cluster, "oauth2:\(token)@"), directory, "--depth", "1"]
        ).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let wrong = try tacit(
            host,
            cluster,
            ["clone", url(cluster, "oauth2:wrong-\(token)@"), host.directory.path("other")]
        ).run()
        #expect(wrong.exitCode == 3, "\(wrong)")
        #expect(wrong.error.contains("does not accept the credential"))
        for text in [outcome.output, outcome.error, wrong.output, wrong.error] {
            #expect(!text.contains(token))
        }
        #expect(try host.files(holding: token) == [])
    }

    @Test func `what is wrong is said, with the code that tells whose fault it is`() throws {
        let cluster = try SandboxCluster()
        let host = try TacitHost()
        let there = host.directory.path("there")
        try host.directory.write("x", to: "there/file")
        for (arguments, code, words) in [
            (["clone", url(cluster), host.directory.path("new")], 3, "wants a credential"),
            (["clone", url(cluster), there], 2, "not empty"),
            (["clone", "https://localhost:1/x.git", host.directory.path("new")], 3, "fetch"),
            (["clone", "htps://user:pass-word@h/x", there], 2, "cannot be used"),
            (["clone", url(cluster), there, "--depth", "0"], 2, "--depth"),
            (["clone", url(cluster), there, "--secret", "none"], 3, "there is no store"),
        ] {
            let outcome = try tacit(host, cluster, arguments).run()
            #expect(outcome.exitCode == code, "\(outcome)")
            #expect(outcome.error.contains(words), "\(outcome)")
            #expect(!outcome.error.contains("pass-word"))
        }
        #expect(!FileStatus.isDirectory(host.directory.path("new")))
    }

    @Test func `a clone that is killed leaves no directory, and the next one works`() throws {
        let cluster = try SandboxCluster()
        let host = try TacitHost()
        let token = try cluster.secret("token")
        let make = """
            cd '\(cluster.directory.path("git"))'; git init -q -b main t; cd t
            head -c 40000000 /dev/urandom > big; git add -A
            git -c user.name=a -c user.email=a@x commit -q -m big; cd ..
            git clone -q --bare t timespan2.git; rm -rf t
            """
        #expect(try Command(["/bin/sh", "-c", make]).run().exitCode == 0)
        let address = url(cluster, "oauth2:\(token)@").replacing("timespan", with: "timespan2")
        for (number, pause) in [120, 200, 300, 450].enumerated() {
            let directory = host.directory.path("clone\(number)")
            let running = try tacit(host, cluster, ["clone", address, directory]).start()
            SystemThread.sleep(nanoseconds: pause * 1_000_000)
            running.send(.kill)
            let outcome = running.finish()
            #expect(FileStatus.isDirectory(directory) == (outcome.exitCode == 0))
        }
        let directory = host.directory.path("last")
        let outcome = try tacit(host, cluster, ["clone", address, directory]).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let check = try Command(["git", "-C", directory, "fsck", "--strict"]).run()
        #expect(check.exitCode == 0, "\(check)")
        let interrupted = try tacit(
            host,
            cluster,
            ["clone", address, host.directory.path("int"), "--depth", "1"]
        ).start()
        SystemThread.sleep(nanoseconds: 150_000_000)
        interrupted.send(.interrupt)
        let end = interrupted.finish()
        #expect(end.exitCode == 130 || end.exitCode == 0, "\(end)")
        #expect(FileStatus.isDirectory(host.directory.path("int")) == (end.exitCode == 0))
    }
}
