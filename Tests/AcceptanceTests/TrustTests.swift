// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// A hostile repository: its documents, and a `tacit.yaml` that tries to allow itself what they ask for.
@Suite("Trust", .enabled(if: LauncherProcess.isPrivileged, "worlds need root"))
struct TrustTests {
    private static func task(_ volume: String, more: String = "") -> String {
        """
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: t}
        spec:
          \(more)
          taskSpec:
            volumes: [{name: v, \(volume)}]
            steps:
            - name: s
              image: bash
              volumeMounts: [{name: v, mountPath: /v}]
              script: "echo STEP-HAS-RUN; cat /v/*"
        """
    }

    private static func secretClass(_ provider: String, _ parameters: String) -> String {
        """
        apiVersion: secrets-store.csi.x-k8s.io/v1
        kind: SecretProviderClass
        metadata: {name: c}
        spec:
          provider: \(provider)
          parameters:
        \(parameters.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        ---

        """
    }

    private static let csi =
        "csi: {driver: secrets-store.csi.k8s.io, readOnly: true, volumeAttributes: {secretProviderClass: c}}"
    private static let vault = """
        roleName: r
        objects: |
          - objectName: o
            secretPath: a/data/b
            secretKey: k
        """

    /// A user's own configuration: the one identity there is.
    private static func identity(_ account: String, _ address: String) -> String {
        """
        identities:
          default/\(account):
            vault: {endpoints: ["\(address)"], method: token, tokenFile: HOME/token}
        """
    }

    struct Attempt: Sendable, CustomTestStringConvertible {
        var name: String
        var document: String
        /// What the project's own configuration says to allow it, under one key.
        var configuration: String?
        /// The user's own configuration.
        var user = ""
        /// What the document alone is told.
        var refusal: String

        var testDescription: String { name }
    }

    private static let other = "https://vault.example.com:8200"
    private static let near = "https://127.0.0.1:1"

    static let attempts = [
        Attempt(
            name: "a host path",
            document: task("hostPath: {path: /root}"),
            configuration: "hostPaths: [/]",
            refusal: "the host's directory `/root` may not be named by a volume"
        ),
        Attempt(
            name: "a host path by a link",
            document: task("hostPath: {path: LINK}"),
            configuration: "hostPaths: [DIRECTORY]",
            user: "hostPaths: [DIRECTORY]",
            refusal: "leads to `/root`"
        ),
        Attempt(
            name: "a command",
            document: secretClass("exec", "command: touch DIRECTORY/executed") + task(csi),
            refusal: "cannot name a command or a path of this host"
        ),
        Attempt(
            name: "a command's entry",
            document: secretClass("exec", "objects: |\n  - {objectName: o, entry: x}") + task(csi),
            configuration: "sources: {x: {command: [touch, DIRECTORY/executed]}}",
            refusal: "there is no source `x` in the configuration"
        ),
        Attempt(
            name: "a file",
            document: secretClass("file", "path: HOME/token") + task(csi),
            refusal: "cannot name a command or a path of this host"
        ),
        Attempt(
            name: "a store's address",
            document: secretClass("vault", "vaultAddress: \(near)\n" + vault) + task(csi),
            configuration:
                "identities: {\"*\": {vault: {endpoints: [\"\(near)\"], method: token, tokenFile: HOME/token}}}",
            user: identity("default", other),
            refusal: "does not go to `\(near)`"
        ),
        Attempt(
            name: "a store without TLS verification",
            document: secretClass(
                "vault",
                "vaultAddress: \(near)\nvaultSkipTLSVerify: \"true\"\n" + vault
            ) + task(csi),
            user: identity("default", near),
            refusal: "`vaultSkipTLSVerify` would send the identity"
        ),
        Attempt(
            name: "an endpoint",
            document: secretClass("vault", "vaultAddress: \(other)\n" + vault) + task(csi),
            configuration: "endpoints: {\"\(other)\": {url: \"http://127.0.0.1:1\"}}",
            refusal: "has no identity for this store"
        ),
        Attempt(
            name: "another service account",
            document: secretClass("vault", "vaultAddress: \(near)\n" + vault)
                + task(csi, more: "serviceAccountName: production-deployer"),
            configuration: "serviceAccounts: [default/production-deployer]",
            user: identity("production-deployer", near),
            refusal: "service account `default/default` has no identity"
        ),
    ]

    @Test(arguments: attempts)
    func `a repository cannot name it, nor allow itself to`(attempt: Attempt) throws {
        let repository = try TemporaryDirectory()
        let host = try TacitHost()
        let path = repository.path
        _ = try Command(["ln", "-s", "/root", "\(path)/link"]).run()
        func fill(_ text: String) -> String {
            text.replacing("LINK", with: "\(path)/link").replacing("DIRECTORY", with: path)
                .replacing("HOME", with: host.directory.path("home")) + "\n"
        }
        try host.directory.write("kanarienvogel-token\n", to: "home/token", permissions: 0o600)
        try host.directory.write(fill(attempt.user), to: "config/tacit/config.yaml")
        try repository.write(fill(attempt.document), to: "task.yaml")
        func refused(_ options: [String], _ words: String) throws {
            var command = host.tacit(["run", "task.yaml"] + options)
            command.arguments = ["sh", "-c", "cd \(path) && exec \"$@\"", "sh"] + command.arguments
            let outcome = try command.run()
            #expect([2, 3].contains(outcome.exitCode), "\(outcome)")
            #expect(outcome.error.contains(fill(words).dropLast()), "\(outcome)")
            #expect(!(outcome.output + outcome.error).contains("STEP-HAS-RUN"), "\(outcome)")
            #expect(!(outcome.output + outcome.error).contains("kanarienvogel"), "\(outcome)")
            #expect(try !Directory.names(in: path).contains("executed"))
        }
        for options in [[], ["-s", "default"]] {
            try refused(options, attempt.refusal)
            guard let configuration = attempt.configuration else { continue }
            let key = configuration.prefix { $0 != ":" }
            try repository.write(fill(configuration), to: "tacit.yaml")
            try refused(options, "a project may not set `\(key)`")
            try Directory.unlink("\(path)/tacit.yaml")
        }
    }
}
