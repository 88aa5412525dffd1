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

    /// The document, and what the project's own configuration says to allow it.
    static let attempts: [(name: String, document: String, configuration: String)] = [
        ("a host path", task("hostPath: {path: /root}"), "hostPaths: [/]"),
        ("a host path by a link", task("hostPath: {path: LINK}"), "hostPaths: [DIRECTORY]"),
        ("a command", secretClass("exec", "command: touch DIRECTORY/executed") + task(csi), ""),
        (
            "a command's entry", secretClass("exec", "entry: x") + task(csi),
            "exec: {x: {command: [touch, DIRECTORY/executed]}}"
        ),
        ("a file", secretClass("file", "path: /root/.ssh/id_rsa") + task(csi), ""),
        (
            "a store's address",
            secretClass("vault", "vaultAddress: https://127.0.0.1:1\n" + vault) + task(csi),
            "identities: {\"*\": {vault: {endpoints: [https://127.0.0.1:1], method: token, tokenFile: /root/.vault-token}}}"
        ),
        (
            "a store without TLS verification",
            secretClass(
                "vault",
                "vaultAddress: https://127.0.0.1:1\nvaultSkipTLSVerify: \"true\"\n" + vault
            ) + task(csi), ""
        ),
        (
            "an endpoint",
            secretClass("vault", "vaultAddress: https://vault.example.com:8200\n" + vault)
                + task(csi),
            "endpoints: {https://vault.example.com:8200: {url: http://127.0.0.1:1}}"
        ),
        (
            "another service account",
            task("emptyDir: {}", more: "serviceAccountName: production-deployer"),
            "serviceAccounts: [default/production-deployer]"
        ),
    ]

    @Test(arguments: attempts)
    func `a repository cannot name it, nor allow itself to`(
        name: String,
        document: String,
        configuration: String
    ) throws {
        let repository = try TemporaryDirectory()
        let path = repository.path
        _ = try Command(["ln", "-s", "/root", "\(path)/link"]).run()
        func fill(_ text: String) -> String {
            text.replacing("LINK", with: "\(path)/link").replacing("DIRECTORY", with: path)
        }
        try repository.write(fill(document), to: "task.yaml")
        try repository.write(fill(configuration) + "\n", to: "tacit.yaml")
        let host = try TacitHost()
        for options in [[], ["-s", "default"]] {
            var command = host.tacit(["run", "task.yaml"] + options)
            command.arguments = ["sh", "-c", "cd \(path) && exec \"$@\"", "sh"] + command.arguments
            let outcome = try command.run()
            #expect([2, 3].contains(outcome.exitCode), "\(name): \(outcome)")
            #expect(!(outcome.output + outcome.error).contains("STEP-HAS-RUN"), "\(outcome)")
            #expect(try Directory.names(in: path).sorted() == ["link", "tacit.yaml", "task.yaml"])
        }
    }
}
