// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// Runs whose classes a real OpenBao serves, over TLS, to the host's own identities.
@Suite(
    "Runs with secrets of a real store",
    .enabled(if: CurrentProcess.userID == 0, "steps need root")
)
struct VaultRunTests {
    private let host: TacitHost
    private let store: OpenBao
    /// The name of a mount, and the start of every other name in the store.
    private let name: String
    private let canary: String

    init() throws {
        host = try TacitHost()
        store = try OpenBao.shared.get()
        name = "run-" + (try RandomBytes.system.hexadecimal(byteCount: 6))
        canary = "kanarienvogel-" + (try RandomBytes.system.hexadecimal(byteCount: 10))
        store.enableLogin("approle")
        try store.write("sys/mounts/\(name)", #"{"type": "kv", "options": {"version": "2"}}"#)
        for secret in ["docker-registry", "aws-credentials", "kubeconfig"] {
            try store.write(
                "\(name)/data/\(secret)",
                #"{"data": {"value": "\#(canary)-\#(secret)"}}"#
            )
        }
    }

    /// The cluster's address, which is not where the store is.
    private static let address = "https://vault.vault.svc.cluster.local:8200"

    /// Writes a configuration in which each account is an AppRole with a policy of that text.
    private func configure(_ policies: [String: String], namespace: String = "ci") throws {
        var lines = [
            "endpoints:", "  \(Self.address):", "    url: \(store.url)",
            "    serverName: localhost",
            "    caFile: \(store.authority ?? "")", "identities:",
        ]
        for (account, policy) in policies {
            try store.setPolicy("\(name)-\(account)", policy.replacing("cicd/", with: "\(name)/"))
            let role = try store.appRole("\(name)-\(account)", policies: ["\(name)-\(account)"])
            let roleFile = try host.directory.write(role.roleID, to: "\(account).role")
            let secretFile = try host.directory.write(
                role.secretID + "\n",
                to: "\(account).secret",
                permissions: 0o600
            )
            lines += [
                "  \(namespace)/\(account):",
                "    vault: {endpoints: [\"\(Self.address)\"], method: approle, "
                    + "roleIdFile: \(roleFile), secretIdFile: \(secretFile)}",
            ]
        }
        let text = lines.joined(separator: "\n") + "\n"
        try host.directory.write(text, to: "config/tacit/config.yaml")
    }

    /// A class with these objects of the mount, and a TaskRun that reads them all.
    private func documents(_ secrets: [String], script: String) throws -> String {
        let objects = secrets.map { secret in
            "      - {objectName: \(secret), secretPath: \(name)/data/\(secret), secretKey: value}"
        }.joined(separator: "\n")
        return try host.directory.write(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: ci, namespace: ci}
            spec:
              provider: vault
              parameters:
                vaultAddress: \(Self.address)
                roleName: ci
                objects: |
            \(objects)
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t, namespace: ci}
            spec:
              taskSpec:
                volumes:
                - name: s
                  csi:
                    driver: secrets-store.csi.k8s.io
                    readOnly: true
                    volumeAttributes: {secretProviderClass: ci}
                steps:
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets, readOnly: true}]
                  script: |
                    \(script)
            """,
            to: "run.yaml"
        )
    }

    private func run(as account: String, _ arguments: [String] = []) throws -> CommandOutcome {
        try host.tacit(
            [
                "run", host.directory.path("run.yaml"), "-s", account, "--log-dir",
                host.directory.path("logs"),
            ] + arguments
        ).run()
    }

    /// The policies of the article's least-privilege section, for a build and for a deployment.
    private static let buildPolicy = """
        # Policy for build tasks only
        path "cicd/data/docker-registry" {
          capabilities = ["read"]
        }
        """
    private static let deployPolicy = """
        # Policy for deploy tasks
        path "cicd/data/aws-credentials" {
          capabilities = ["read"]
        }
        path "cicd/data/kubeconfig" {
          capabilities = ["read"]
        }
        """

    @Test("each of two accounts gets its own secrets and is denied the other's, before any step")
    func separatesAccounts() throws {
        try configure(["build-sa": Self.buildPolicy, "deploy-sa": Self.deployPolicy])
        let cases = [
            ("build-sa", ["docker-registry"], true), ("build-sa", ["kubeconfig"], false),
            ("deploy-sa", ["aws-credentials", "kubeconfig"], true),
            ("deploy-sa", ["docker-registry"], false),
        ]
        for (number, (account, secrets, isServed)) in cases.enumerated() {
            _ = try documents(secrets, script: "cat /mnt/secrets/*; echo step has run")
            let outcome = try host.tacit([
                "run", host.directory.path("run.yaml"), "-s", account, "--log-dir",
                host.directory.path("logs-\(number)"),
            ]).run()
            #expect(outcome.exitCode == (isServed ? 0 : 3), "\(account) \(secrets): \(outcome)")
            #expect(outcome.output.contains("step has run") == isServed)
            if !isServed {
                #expect(outcome.error.contains("object `\(secrets[0])`"), "\(outcome)")
                #expect(outcome.error.contains("run.yaml:10:"), "\(outcome)")
                #expect(outcome.error.contains("1 error occurred: * permission denied"))
            }
            #expect(!outcome.output.contains(canary) && !outcome.error.contains(canary))
        }
        #expect(try host.files(holding: canary) == [])
    }

    @Test("a run's token and the values stand nowhere when it is over, and the token is dead")
    func leavesNothing() throws {
        try configure(["build-sa": Self.buildPolicy])
        let proxy = "cat /mnt/secrets/docker-registry | base64; env; cat /proc/1/cmdline"
        _ = try documents(["docker-registry"], script: proxy)
        let outcome = try run(as: "build-sa")
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try host.files(holding: canary) == [])
        #expect(try Directory.names(in: "\(host.state)/leases") == [])
        let accessors = try store.call("LIST", "auth/token/accessors")
        guard case .object(let answer)? = accessors, case .object(let data)? = answer["data"],
            case .array(let keys)? = data["keys"]
        else {
            Issue.record("no accessors")
            return
        }
        for key in keys {
            guard case .string(let accessor) = key else { continue }
            let found = try? store.write(
                "auth/token/lookup-accessor",
                #"{"accessor": "\#(accessor)"}"#
            )
            let text = found.flatMap { $0 }.map { String(decoding: $0.serialize(), as: UTF8.self) }
            #expect(text?.contains("\(name)-build-sa") != true)
        }
    }

    @Test("what a killed run was lent goes back with the next run")
    func recovers() async throws {
        let policy =
            Self.buildPolicy
            + "\npath \"auth/token/revoke-accessor\" { capabilities = [\"update\"] }\n"
        try configure(["build-sa": policy])
        _ = try documents(["docker-registry"], script: "echo started; sleep 60")
        let running = try host.tacit([
            "run", host.directory.path("run.yaml"), "-s", "build-sa",
        ]).start()
        for _ in 0..<600 where !running.output.contains("started") {
            SystemThread.sleep(nanoseconds: 50_000_000)
        }
        running.send(.kill)
        #expect(running.finish().exitCode == 137)
        let records = try Directory.names(in: "\(host.state)/leases")
        #expect(records.count == 1)
        let record = try host.directory.read("state/leases/\(try #require(records.first))")
        let accessor = try #require(record.firstMatch(of: /"accessor":"([^"]+)"/)).1
        let lookUp = #"{"accessor": "\#(accessor)"}"#
        _ = try store.write("auth/token/lookup-accessor", lookUp)

        _ = try documents(["docker-registry"], script: "echo next")
        let next = try run(as: "build-sa")
        #expect(next.exitCode == 0, "\(next)")
        #expect(throws: CommandFailure.self) {
            try store.write("auth/token/lookup-accessor", lookUp)
        }
        #expect(try Directory.names(in: "\(host.state)/leases") == [])
        #expect(try host.files(holding: canary) == [])
    }

    @Test("`secret check` says whether a run would be served, and reads nothing")
    func checks() throws {
        try configure(["build-sa": Self.buildPolicy])
        let file = try documents(["docker-registry"], script: "echo")
        let served = try host.run("secret", "check", file, "-s", "build-sa")
        #expect(served.exitCode == 0, "\(served)")
        #expect(served.output == "ci: 1 object of provider vault would be served to ci/build-sa\n")

        _ = try documents(["docker-registry", "kubeconfig"], script: "echo")
        let refused = try host.run("secret", "check", file, "-s", "build-sa")
        #expect(refused.exitCode == 3, "\(refused)")
        #expect(refused.error.contains("object `kubeconfig`"))
        #expect(refused.error.contains("the store allows deny"))
        #expect(!refused.error.contains("object `docker-registry`"))
        let unknown = try host.run("secret", "check", file)
        #expect(unknown.exitCode == 3 && unknown.error.contains("`ci/default` has no identity"))
        #expect(try host.files(holding: canary) == [])
    }

    @Test("a class that names another server gets no identity, and no step runs")
    func trustsConfigurationAlone() throws {
        let evil = try FaultyServer()
        try configure(["build-sa": Self.buildPolicy])
        let file = try documents(["docker-registry"], script: "echo step has run")
        let text = try host.directory.read("run.yaml")
        try host.directory.write(text.replacing(Self.address, with: evil.url), to: "run.yaml")
        let outcome = try run(as: "build-sa")
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("does not go to `\(evil.url)`"))
        #expect(outcome.error.contains("\(file):7:"))
        #expect(evil.requests.isEmpty && !outcome.output.contains("step has run"))
        #expect(try host.files(holding: canary) == [])
    }

    @Test("a thousand secrets of a kilobyte fit into four megabytes of locked memory")
    func fitsMany() throws {
        let keys = (0..<20).map { "k\($0)" }
        for secret in 0..<50 {
            let members = try keys.map { key in
                "\"\(key)\": \"\(try RandomBytes.system.hexadecimal(byteCount: 512))\""
            }
            let body = try host.directory.write(
                "{\"data\": {\(members.joined(separator: ","))}}",
                to: "body"
            )
            try store.call("POST", "\(name)/data/s\(secret)", "@\(body)")
        }
        try configure(["build-sa": "path \"cicd/*\" { capabilities = [\"read\"] }"])
        let configuration = try host.directory.read("config/tacit/config.yaml")
        try host.directory.write(
            configuration + "sizes: {secrets: 4Mi}\n",
            to: "config/tacit/config.yaml"
        )
        _ = try documents(["docker-registry"], script: "cat /mnt/secrets/* | wc -c")
        let objects = (0..<50).flatMap { secret in
            keys.map { key in
                "      - {objectName: s\(secret)-\(key), secretPath: \(name)/data/s\(secret), "
                    + "secretKey: \(key)}"
            }
        }
        let text = try host.directory.read("run.yaml")
        let start = try #require(text.firstRange(of: "      - {objectName"))
        try host.directory.write(
            text.replacingCharacters(
                in: start.lowerBound..<start.lowerBound,
                with: objects.joined(separator: "\n") + "\n"
            ),
            to: "run.yaml"
        )
        let outcome = try run(as: "build-sa")
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output.contains("\(1000 * 1024 + canary.utf8.count + 16)"), "\(outcome)")
        // All of it is locked; where it were not, the run would say so.
        #expect(!outcome.error.contains("lock"), "\(outcome.error)")
        #expect(try host.files(holding: canary) == [])
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
