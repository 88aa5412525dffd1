// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// Runs each file of pipelines/ as its first lines tell the reader to.
@Suite(.enabled(if: CurrentProcess.userID == 0, "steps need root"))
struct PipelinesTests {
    private let host: TacitHost

    init() throws {
        host = try TacitHost()
    }

    @Test func `publish-timespan clones, builds, tests and publishes, and shows no credential`()
        throws
    {
        let cluster = try SandboxCluster()
        let imported = try host.run("secret", "import", cluster.credentials)
        #expect(imported.exitCode == 0, "\(imported)")
        let logs = host.directory.path("logs")
        let run = try host.run(
            "run",
            pipeline("publish-timespan"),
            cluster.documents,
            "--store",
            "local",
            "--log-dir",
            logs,
            "-o",
            "json"
        )
        #expect(run.exitCode == 0, "\(run)")

        let results = try taskRunResults(run)
        let commit = try #require(results["commit"])
        #expect(commit.count == 40)
        let artefact = "timespan-\(commit.prefix(12)).tar.gz"
        #expect(results["url"] == "https://localhost:\(cluster.port + 1)/\(artefact)")
        let sum = try Command(["sha256sum", cluster.directory.path("artefacts/\(artefact)")]).run()
        #expect(results["sha256"] == sum.output.split(separator: " ").first.map(String.init))

        let log = try host.directory.read("logs/publish-timespan/publish.log")
        #expect(log.contains("--user [REDACTED:artefacts-username]:[REDACTED:artefacts-password] "))
        let build = try host.directory.read("logs/publish-timespan/build.log")
        #expect(build.contains("ok 1h30m = 5400\n"))
        for secret in [try cluster.secret("token"), try cluster.secret("password")] {
            #expect(!run.output.contains(secret))
            #expect(!run.error.contains(secret))
            #expect(try host.files(holding: secret) == [])
        }
    }

    @Test func `publish-timespan runs no step while a credential is missing`() throws {
        let cluster = try SandboxCluster()
        let token = try cluster.secret("token")
        let set = try host.run("secret", "set", "example/data/git", "token=-", input: token)
        #expect(set.exitCode == 0, "\(set)")
        let file = pipeline("publish-timespan")
        let run = try host.run("run", file, cluster.documents, "--store", "local")
        #expect(run.exitCode == 3, "\(run)")
        #expect(run.output == "")
        for object in ["artefacts-username", "artefacts-password"] {
            #expect(run.error.contains("object `\(object)`"))
        }
        #expect(run.error.contains("\(file):"))
        #expect(!run.error.contains("git-token"))
        #expect(!run.error.contains(token))
    }

    @Test func `greet takes parameters and gives results`() throws {
        let run = try host.run("run", pipeline("greet"), "-p", "name=Ada", "-o", "json")
        #expect(run.exitCode == 0, "\(run)")
        #expect(try taskRunResults(run) == ["greeting": "Guten Tag, Ada", "length": "14"])
        let text = try host.run("run", pipeline("greet"), "-p", "name=Ada", "-p", "languages=de,en")
        #expect(text.output == "[compose] Guten Tag, Ada\n[compose] Hello, Ada\n")
    }

    @Test func `greet without its parameter fails before its first step, naming it`() throws {
        let run = try host.run("run", pipeline("greet"))
        #expect(run.exitCode == 1, "\(run)")
        #expect(run.output == "")
        #expect(run.error.contains("TaskRunValidationFailed"))
        #expect(run.error.contains("[name]"))
    }

    @Test func `secret-environment masks what the script prints`() throws {
        let run = try host.run("run", pipeline("secret-environment"))
        #expect(run.exitCode == 0, "\(run)")
        #expect(
            run.output == """
                [one-variable] the password is [REDACTED:registry-login/password]
                [one-variable] it has 28 characters
                [all-keys] REGISTRY_password=[REDACTED:registry-login/password]
                [all-keys] REGISTRY_username=[REDACTED:registry-login/username]

                """
        )
        for secret in ["correct-horse-battery-staple", "registry-robot"] {
            #expect(!run.error.contains(secret))
            #expect(try host.files(holding: secret) == [])
        }
    }

    @Test func `keep-going reports the failed step and succeeds`() throws {
        let run = try host.run("run", pipeline("keep-going"), "-o", "json")
        #expect(run.exitCode == 0, "\(run)")
        #expect(try taskRunResults(run) == ["verdict": "lint exited with 3"])
        let steps = try JSONValue.parse(Array(run.output.utf8))["status"]?["steps"]?.array ?? []
        #expect(steps.map { $0["terminationReason"]?.string } == ["Continued", "Completed"])
    }

    @Test func `every file of pipelines has a test here`() throws {
        let files = try Directory.names(in: "\(Checkout.root)/pipelines")
        #expect(
            files == [
                "greet.yaml", "keep-going.yaml", "publish-timespan.yaml", "secret-environment.yaml",
            ]
        )
    }

    private func pipeline(_ name: String) -> String { "\(Checkout.root)/pipelines/\(name).yaml" }

    /// The string results of the one TaskRun that `-o json` printed.
    private func taskRunResults(_ run: CommandOutcome) throws -> [String: String] {
        let object = try JSONValue.parse(Array(run.output.utf8))
        var results: [String: String] = [:]
        for result in object["status"]?["results"]?.array ?? [] {
            if let name = result["name"]?.string { results[name] = result["value"]?.string }
        }
        return results
    }
}
