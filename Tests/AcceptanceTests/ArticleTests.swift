// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The class and the Task of the article that Tacit began with, verbatim, with the embedded store in the
/// cluster's place.
@Suite(
    .enabled(if: CurrentProcess.userID == 0, "steps need root"),
    .enabled(if: SharedCorpus.isPresent, SharedCorpus.need)
)
struct ArticleTests {
    private let host: TacitHost
    private let cluster: SandboxCluster

    init() throws {
        host = try TacitHost()
        cluster = try SandboxCluster()
        for name in [
            "03-creating-secretproviderclass.yaml", "04-tekton-pipeline-with-csi-secrets.yaml",
        ] {
            let bytes = try SharedCorpus.read("seeds/yaml/\(name)")
            try host.directory.write(String(decoding: bytes, as: UTF8.self), to: "yaml/\(name)")
        }
    }

    @Test func `its first step clones with the token, its second names the image it lacks`() throws
    {
        let token = try cluster.secret("token")
        try set("github-token", ["token=\(token)"])
        try set(
            "docker-registry",
            ["username=ci-user-of-test", "password=secure-password-of-test"]
        )
        try set(
            "aws-credentials",
            ["access_key_id=AKIAOFTHISTEST", "secret_access_key=wJalrXUtnTEST"]
        )
        let run = try runTask()
        #expect(run.exitCode == 1, "\(run)")
        #expect(run.error.contains("gcr.io/kaniko-project/executor:latest"))
        #expect(run.error.contains("/kaniko/executor"))

        let built = try Command(["make", "-C", host.directory.path("source"), "test"]).run()
        #expect(built.exitCode == 0, "\(built)")
        let log = try host.directory.read("logs/\(taskRun())/clone-repo.log")
        #expect(log.contains("Cloning into '/workspace/source'"))
        for secret in [token, "secure-password-of-test", "wJalrXUtnTEST"] {
            #expect(!run.output.contains(secret))
            #expect(!run.error.contains(secret))
            // The clone's own configuration, in the workspace, is the step's doing.
            let files = try host.files(holding: secret)
            #expect(files.filter { !$0.contains("/source/") } == [])
        }
    }

    @Test func `it does not start when one of its five objects is missing`() throws {
        try set("github-token", ["token=some-token-of-test"])
        try set(
            "docker-registry",
            ["username=ci-user-of-test", "password=secure-password-of-test"]
        )
        let run = try runTask()
        #expect(run.exitCode == 3, "\(run)")
        #expect(run.error.contains("aws-access-key"))
        #expect(run.error.contains("aws-secret-key"))
        #expect(run.error.contains("03-creating-secretproviderclass.yaml:"))
        #expect(try Directory.names(in: host.directory.path("source")) == [])
    }

    private func set(_ name: String, _ values: [String]) throws {
        let outcome = try host.tacit(["secret", "set", "cicd/data/\(name)"] + values).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    /// Runs the Task where the host trusts the sandbox's authority, as it would trust a company's own.
    private func runTask() throws -> CommandOutcome {
        try Directory.create(host.directory.path("source"), permissions: 0o755)
        let tacit = host.tacit([
            "run", host.directory.path("yaml"), "--store", "local",
            "-p", "git-url=localhost:\(cluster.port)/timespan.git",
            "-p", "image-name=registry.example.com/app:1",
            "-w", "source=\(host.directory.path("source"))",
            "--log-dir", host.directory.path("logs"),
        ])
        let bundle = "/etc/ssl/certs/ca-certificates.crt"
        let script = """
            cat \(bundle) \(cluster.authority) >\(host.directory.path("bundle")) &&
            mount --bind \(host.directory.path("bundle")) \(bundle) && exec "$@"
            """
        var command = tacit
        command.arguments = ["unshare", "--mount", "sh", "-c", script, "sh"] + tacit.arguments
        return try command.run()
    }

    private func taskRun() throws -> String {
        try Directory.names(in: host.directory.path("logs")).first ?? ""
    }
}
