// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Redaction
import Secrets
import Testing

@testable import RunEngine

@Suite("Credentials of a service account")
struct AccountCredentialsTests {
    init() { _ = SecureHeap.open() }

    private func files(
        _ secrets: [(
            name: String, type: String, annotations: [String: String], values: [String: String]
        )],
        redactor: Redactor = Redactor()
    ) throws -> [String: String] {
        var catalog = ObjectCatalog()
        for secret in secrets {
            let versions = try secret.values.mapValues {
                SecretVersion(
                    name: secret.name,
                    value: try LockedBytes(copying: Array($0.utf8).span)
                )
            }
            let use = SecretUse(
                type: "kubernetes.io/\(secret.type)",
                annotations: secret.annotations
            )
            catalog.addSecret(secret.name, in: "n", versions, use: use)
        }
        catalog.addAccount("a", in: "n", secrets: secrets.map(\.name))
        let made = try AccountCredentials(ofAccount: "a", in: "n", catalog, redactor)
        let texts = made.files.map { file in
            (
                file.path,
                file.content.bytes.withBytes { bytes in
                    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
                }
            )
        }
        return Dictionary(texts) { first, _ in first }
    }

    private func basic(
        _ name: String,
        _ annotations: [String: String]
    ) -> (name: String, type: String, annotations: [String: String], values: [String: String]) {
        (name, "basic-auth", annotations, ["username": "dom\\me", "password": "p@ss/w:rd"])
    }

    @Test func `basic authentication for git is a store of addresses, whole hosts first`() throws {
        let files = try files([
            basic(
                "s",
                [
                    "tekton.dev/git-0": "https://b.example/org/repo",
                    "tekton.dev/git-1": "https://a.example",
                ]
            )
        ])
        #expect(
            files[".gitconfig"] == """
                [credential]
                \thelper = store
                [credential "https://a.example"]
                \tusername = dom\\\\me
                [credential "https://b.example/org/repo"]
                \tusername = dom\\\\me
                \tuseHttpPath = true

                """
        )
        #expect(
            files[".git-credentials"] == """
                https://dom%5Cme:p%40ss%2Fw%3Ard@a.example
                https://dom%5Cme:p%40ss%2Fw%3Ard@b.example/org/repo

                """
        )
    }

    @Test func `keys for ssh have a host entry each, and a name of its own for a repository`()
        throws
    {
        let files = try files([
            (
                "k", "ssh-auth",
                ["tekton.dev/git-0": "h.example:2222/o/r", "tekton.dev/git-1": "h.example"],
                ["ssh-privatekey": "KEY", "known_hosts": "h.example ssh-rsa A"]
            )
        ])
        #expect(files[".ssh/id_k"] == "KEY")
        #expect(
            files[".ssh/config"] == """
                Host h.example
                    HostName h.example
                    Port 22
                    IdentityFile /tekton/creds/.ssh/id_k
                Host h.example--o--r
                    HostName h.example
                    Port 2222
                    IdentityFile /tekton/creds/.ssh/id_k

                """
        )
        #expect(files[".ssh/known_hosts"] == "h.example ssh-rsa A\nh.example ssh-rsa A")
        #expect(
            files[".gitconfig"] == """
                [url "git@h.example--o--r:o/r.git"]
                \tinsteadOf = git@h.example:o/r.git
                [url "ssh://h.example--o--r/o/r.git"]
                \tinsteadOf = ssh://h.example:2222/o/r.git

                """
        )
    }

    @Test
    func `all kinds for registries end in one file, and the pair is masked as programs send it`()
        throws
    {
        let redactor = Redactor()
        let files = try files(
            [
                basic("b", ["tekton.dev/docker-0": "https://r1.example"]),
                (
                    "c", "dockerconfigjson", [:],
                    [
                        ".dockerconfigjson":
                            #"{"auths":{"r2.example":{"auth":"dXNlcm5hbWU6aHVudGVyMi1odW50ZXIy"}},"credsStore":"x"}"#
                    ]
                ),
                (
                    "d", "dockercfg", [:],
                    [".dockercfg": #"{"r3.example":{"auth":"YTpi","email":"e"}}"#]
                ),
            ],
            redactor: redactor
        )
        #expect(
            files[".docker/config.json"] == #"{"auths":{"#
                + #""https://r1.example":{"auth":"ZG9tXG1lOnBAc3MvdzpyZA==","email":"not@val.id","password":"p@ss/w:rd","username":"dom\\me"},"#
                + #""r2.example":{"auth":"dXNlcm5hbWU6aHVudGVyMi1odW50ZXIy"},"r3.example":{"auth":"YTpi","email":"e"}}}"#
        )
        for text in [
            "Basic ZG9tXG1lOnBAc3MvdzpyZA==", "dom\\me:p@ss/w:rd", "hunter2-hunter2",
            "dXNlcm5hbWU6aHVudGVyMi1odW50ZXIy",
        ] {
            let shown = redactor.redact(text)
            #expect(shown.contains("[REDACTED:") && !shown.contains("hunter2"), "\(shown)")
        }
    }

    @Test func `a Secret without annotations, of another type or not there gives nothing`() throws {
        #expect(try files([basic("s", [:]), ("o", "tls", ["tekton.dev/git-0": "x"], [:])]).isEmpty)
    }

    @Test func `two Secrets for one address, or one without its key, are refused`() {
        let address = ["tekton.dev/git-0": "https://h.example"]
        #expect(throws: ContainerConfigError.self) {
            try files([basic("s", address), basic("t", address)])
        }
        #expect(throws: ContainerConfigError.self) { try files([("k", "ssh-auth", address, [:])]) }
    }
}
