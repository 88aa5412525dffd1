// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

@Suite struct SandboxClusterTests {
    @Test func `the git server wants the token, and clones with it`() throws {
        let cluster = try SandboxCluster()
        let token = try cluster.secret("token")
        let work = try TemporaryDirectory()
        let refused = try clone("wrong", of: cluster, to: work.path("refused"))
        #expect(refused.exitCode == 128)
        #expect(refused.error.contains("Authentication failed"))
        let cloned = try clone(token, of: cluster, to: work.path("cloned"))
        #expect(cloned.exitCode == 0, "\(cloned)")
        let built = try Command(["make", "-C", work.path("cloned"), "test"]).run()
        #expect(built.exitCode == 0, "\(built)")
        #expect(built.output.contains("ok 1h30m = 5400\n"))
    }

    @Test func `the artefact shelf keeps what is put there, for its ci-publisher alone`() throws {
        let cluster = try SandboxCluster()
        let password = try cluster.secret("password")
        let file = try cluster.directory.write("contents\n", to: "artefact")
        let address = "https://localhost:\(cluster.port + 1)/artefact"
        let curl = ["curl", "-sS", "--noproxy", "*", "--cacert", cluster.authority, "-f"]
        let refused = try Command(curl + ["-u", "ci-publisher:wrong", "-T", file, address]).run()
        #expect(refused.exitCode == 22, "\(refused)")
        let put = try Command(curl + ["-u", "ci-publisher:\(password)", "-T", file, address]).run()
        #expect(put.exitCode == 0, "\(put)")
        let got = try Command(curl + ["-u", "ci-publisher:\(password)", address]).run()
        #expect(got.output == "contents\n")
        #expect(try Command(curl + [address]).run().exitCode == 22)
    }

    @Test func `starting and seeding twice changes nothing, and stopping leaves no process`() throws
    {
        let directory = try TemporaryDirectory()
        let scripts = "\(Checkout.root)/sandbox/cluster"
        let port = String(Int.random(in: 10_000..<15_000) * 2)
        #expect(try Command(["\(scripts)/up", directory.path, port]).run().exitCode == 0)
        #expect(try Command(["\(scripts)/seed", directory.path]).run().exitCode == 0)
        let credentials = try directory.read("credentials.json")
        let server = try Command(["\(scripts)/running", directory.path]).run().output
        #expect(!server.isEmpty)
        #expect(try Command(["\(scripts)/up", directory.path]).run().exitCode == 0)
        #expect(try Command(["\(scripts)/seed", directory.path]).run().exitCode == 0)
        #expect(try directory.read("credentials.json") == credentials)
        #expect(try Command(["\(scripts)/running", directory.path]).run().output == server)
        #expect(try Command(["\(scripts)/down", directory.path]).run().exitCode == 0)
        #expect(try Command(["\(scripts)/running", directory.path]).run().exitCode == 1)
        let left = try Command(["grep", "-lzs", "SANDBOX_DIR=\(directory.path)"] + environments())
            .run()
        #expect(left.output == "")
    }

    @Test func `servers move to the next ports when theirs are taken, and say so`() throws {
        let cluster = try SandboxCluster()
        let directory = try TemporaryDirectory()
        try directory.write("\(cluster.port)\n", to: "port")
        let scripts = "\(Checkout.root)/sandbox/cluster"
        let moved = try Command(["\(scripts)/up", directory.path]).run()
        #expect(moved.exitCode == 0, "\(moved)")
        #expect(try Command(["\(scripts)/seed", directory.path]).run().exitCode == 0)
        let port = try #require(Int(directory.read("port").dropLast()))
        #expect(port > cluster.port + 1)
        #expect(try directory.read("cluster.yaml").contains("git-url: https://localhost:\(port)\n"))
        let asked = try Command(["\(scripts)/up", directory.path, String(cluster.port)]).run()
        #expect(asked.exitCode == 1)
        #expect(asked.error.contains("does not start at ports \(cluster.port)"))
        #expect(try Command(["\(scripts)/down", directory.path]).run().exitCode == 0)
    }

    private func clone(
        _ token: String,
        of cluster: SandboxCluster,
        to path: String
    ) throws -> CommandOutcome {
        try Command(
            [
                "git", "clone", "-q",
                "https://oauth2:\(token)@localhost:\(cluster.port)/timespan.git", path,
            ],
            environment: [
                "PATH": "/usr/bin:/bin", "GIT_SSL_CAINFO": cluster.authority,
                "GIT_TERMINAL_PROMPT": "0",
            ]
        ).run()
    }

    private func environments() throws -> [String] {
        try Directory.names(in: "/proc").filter { Int($0) != nil }.map { "/proc/\($0)/environ" }
    }
}
