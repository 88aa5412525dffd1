// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The article's class, Task, policies and accounts, verbatim, with a real OpenBao that is set up as the article
/// says: secrets, policy, Kubernetes login and role.
@Suite(
    .enabled(if: CurrentProcess.userID == 0, "steps need root"),
    .enabled(if: SharedCorpus.isPresent, SharedCorpus.need)
)
struct ArticleStoreTests {
    private let host: TacitHost
    private let store: OpenBao
    private let accounts: ServiceAccounts

    private static let address = "https://vault.vault.svc.cluster.local:8200"
    private static let secrets = [
        ("docker-registry", ["username": "ci-user-of-the-article", "password": "secure-password"]),
        ("github-token", ["token": "ghp_xxxxxxxxxxxx"]),
        (
            "aws-credentials",
            [
                "access_key_id": "AKIAIOSFODNN7EXAMPLE",
                "secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            ]
        ),
    ]

    init() throws {
        host = try TacitHost()
        store = try OpenBao(isSecure: true)
        accounts = try ServiceAccounts()
        try store.write("sys/mounts/cicd", #"{"type": "kv", "options": {"version": "2"}}"#)
        for (name, values) in Self.secrets {
            let members = values.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ",")
            try store.write("cicd/data/\(name)", "{\"data\": {\(members)}}")
        }
        store.enableLogin("kubernetes")
        try store.write("auth/kubernetes/config", accounts.kubernetesConfiguration())
        for name in [
            "03-creating-secretproviderclass.yaml", "04-tekton-pipeline-with-csi-secrets.yaml",
            "05-tekton-pipeline-with-csi-secrets.yaml", "14-implementing-least-privilege.yaml",
        ] {
            try host.directory.write(try Self.seed(name), to: "yaml/\(name)")
        }
    }

    private static func seed(_ name: String) throws -> String {
        String(decoding: try SharedCorpus.read("seeds/yaml/\(name)"), as: UTF8.self)
    }

    /// Binds an account of the article to a policy, as its `vault write auth/kubernetes/role/...` does, and lets it
    /// prove itself from here.
    private func bind(_ policies: [String: String]) throws {
        var lines = [
            "endpoints:",
            "  \(Self.address): {url: \(store.url), serverName: localhost, caFile: "
                + "\(store.authority ?? "none")}",
            "identities:",
        ]
        for (account, policy) in policies {
            try store.setPolicy("of-\(account)", policy)
            try store.write(
                "auth/kubernetes/role/of-\(account)",
                """
                {"bound_service_account_names": ["\(account)"],
                 "bound_service_account_namespaces": ["tekton-pipelines"],
                 "policies": ["of-\(account)"], "ttl": "24h"}
                """
            )
            let token = try host.directory.write(
                try accounts.token(of: account, in: "tekton-pipelines"),
                to: "tokens/\(account)",
                permissions: 0o600
            )
            lines += [
                "  tekton-pipelines/\(account):",
                "    vault: {endpoints: [\"\(Self.address)\"], method: kubernetes, "
                    + "role: of-\(account), tokenFile: \(token)}",
            ]
        }
        try host.directory.write(
            lines.joined(separator: "\n") + "\n",
            to: "config/tacit/config.yaml",
            permissions: 0o600
        )
    }

    /// Runs the article's Task as an account, with `files` of it.
    private func run(as account: String) throws -> CommandOutcome {
        try Directory.create(host.directory.path("source-\(account)"), permissions: 0o755)
        return try host.tacit([
            "run", host.directory.path("yaml"), "-s", account,
            "-p", "git-url=localhost:1/none.git", "-p", "image-name=registry.example.com/app:1",
            "-w", "source=\(host.directory.path("source-\(account)"))",
            "--log-dir", host.directory.path("logs-\(account)"),
        ]).run()
    }

    private func leaks(_ outcome: CommandOutcome) throws -> [String] {
        var found: [String] = []
        for value in Self.secrets.flatMap({ $0.1.values }) {
            if outcome.output.contains(value) { found.append("stdout \(value)") }
            if outcome.error.contains(value) { found.append("stderr \(value)") }
            found += try host.files(holding: value)
        }
        return found
    }

    @Test func `its account gets all five objects by its policy and its role`() throws {
        let script = try Self.seed("02-configuring-hashicorp-vault-integration.sh")
        let start = try #require(script.firstRange(of: "<<EOF\n")).upperBound
        let end = try #require(script[start...].firstRange(of: "\nEOF")).lowerBound
        try bind(["tekton-sa": String(script[start..<end])])
        let check = try host.run(
            "secret",
            "check",
            host.directory.path("yaml"),
            "-s",
            "tekton-sa"
        )
        #expect(check.exitCode == 0, "\(check)")
        #expect(check.output.contains("5 objects of provider vault would be served"), "\(check)")
        let outcome = try run(as: "tekton-sa")
        // The secrets came: its first step ran, and found no repository at that address.
        #expect(outcome.exitCode == 1, "\(outcome)")
        let name = try Directory.names(in: host.directory.path("logs-tekton-sa")).first ?? ""
        let log = try host.directory.read("logs-tekton-sa/\(name)/clone-repo.log")
        #expect(log.contains("localhost"), "\(log)")
        #expect(try leaks(outcome) == [])
    }

    @Test func `build-sa and deploy-sa are each denied the other's secrets, before any step`()
        throws
    {
        let policies = try Self.seed("13-implementing-least-privilege.hcl")
        let parts = policies.split(separator: "# Policy for deploy tasks", maxSplits: 1)
            .map(String.init)
        #expect(parts.count == 2)
        try bind(["build-sa": parts[0], "deploy-sa": parts[1]])
        let own = [
            "build-sa": ["docker-username", "docker-password"],
            "deploy-sa": ["aws-access-key", "aws-secret-key"],
        ]
        let all = [
            "docker-username", "docker-password", "github-token", "aws-access-key",
            "aws-secret-key",
        ]
        for (account, allowed) in own {
            let outcome = try run(as: account)
            #expect(outcome.exitCode == 3, "\(account): \(outcome)")
            for object in all {
                let isDenied = outcome.error.contains("object `\(object)`")
                #expect(isDenied == !allowed.contains(object), "\(account) \(object): \(outcome)")
            }
            #expect(outcome.error.contains("permission denied (status 403)"))
            #expect(outcome.error.contains("03-creating-secretproviderclass.yaml:"))
            // No step has run.
            let logs = try? Directory.names(in: host.directory.path("logs-\(account)"))
            #expect(logs == nil || logs == [])
            #expect(try Directory.names(in: host.directory.path("source-\(account)")) == [])
            #expect(try leaks(outcome) == [])
        }
    }
}
