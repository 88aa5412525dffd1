// SPDX-License-Identifier: Apache-2.0
import Secrets
import TestSupport
import Testing

@Suite("A class of provider file or exec")
struct ConfiguredStoreTests {
    private let directory: TemporaryDirectory
    private var access = StoreAccess()

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("from a file\n", to: "one")
        try directory.write("YWJj", to: "many/encoded")
        try directory.write("TOKEN=from .env # comment\n", to: ".env")
        access.environment = ["PATH": "/usr/bin:/bin", "WHO": "asked"]
        access.sources = [
            SourceRule(name: "one", place: .file(directory.path("one"))),
            SourceRule(name: "many", place: .directory(directory.path("many"))),
            SourceRule(name: "env", place: .environmentFile(directory.path(".env"))),
            SourceRule(name: "asked", place: .command(["sh", "-c", "echo \"$WHO\"; echo x >&2"])),
            SourceRule(name: "fails", place: .command(["sh", "-c", "echo 'no key' >&2; exit 3"])),
            SourceRule(name: "silent", place: .command(["true"])),
            SourceRule(name: "absent", place: .command(["no-such-program"])),
            SourceRule(name: "lost", place: .file(directory.path("lost"))),
            SourceRule(name: "unit", place: .credential("token")),
            SourceRule(name: "kept", place: .keyring("tacit-test-of-no-such-key")),
        ]
    }

    private func request(_ provider: String, _ entries: [String]) throws -> SecretRequest {
        let objects = entries.enumerated().map { number, entry in
            "  - {objectName: o\(number), entry: \(entry)}"
        }
        let (parsed, diagnostics) = parseClass(
            classText(provider, "objects: |\n" + objects.joined(separator: "\n"))
        )
        #expect(said(diagnostics) == [])
        return SecretRequest(
            secretClass: try #require(parsed),
            namespace: "default",
            serviceAccount: "default"
        )
    }

    private func store(_ provider: String) throws -> any SecretStore {
        let local = LocalStore(paths: LocalStorePaths(stateDirectory: directory.path("state")))
        return try SecretStoreFactory(local: local, access: access)
            .store(for: provider, local: false)
    }

    @Test("gets what the configuration's entries hold")
    func fetches() async throws {
        let request = try request("file", ["one", "many.encoded, encoding: base64", "env.TOKEN"])
        let files = try await store("file").fetch(request)
        #expect(files.map(\.version.text) == ["from a file\n", "abc", "from .env"])
        try await store("file").check(request)
        let asked = try await store("exec").fetch(try self.request("exec", ["asked"]))
        #expect(asked.map(\.version.text) == ["asked"])
    }

    @Test("says of each entry that it cannot have why")
    func saysWhy() async throws {
        let error = await #expect(throws: SecretStoreError.self) {
            try await store("file").fetch(
                try request(
                    "file",
                    ["lost", "asked", "many", "many.gone", "env.X", "unit", "kept", "no"]
                )
            )
        }
        let words = [
            "`\(directory.path)/lost`", "source `asked` is a command",
            "source `many` holds several",
            "/many/gone`", "has no line `X=`", "systemd has given this process no credentials",
            "request_key `tacit-test-of-no-such-key`", "there is no source `no`",
        ]
        let messages = error?.failures.map(\.message) ?? []
        #expect(messages.count == words.count)
        for (message, word) in zip(messages, words) { #expect(message.contains(word)) }
    }

    @Test("says of each command that fails why")
    func saysWhyOfCommands() async throws {
        let error = await #expect(throws: SecretStoreError.self) {
            try await store("exec").fetch(
                try request("exec", ["fails", "silent", "absent", "one"])
            )
        }
        let words = [
            "the command ended with code 3", "the command printed nothing",
            "the command does not start", "source `one` is no command",
        ]
        let messages = error?.failures.map(\.message) ?? []
        #expect(messages.count == words.count)
        for (message, word) in zip(messages, words) { #expect(message.contains(word)) }
        // What a command says on standard error may be the secret.
        #expect(error?.description.contains("no key") == false)
    }

    @Test("is checked without running a command")
    func checks() async throws {
        try await store("exec").check(try request("exec", ["fails", "asked"]))
        await #expect(throws: SecretStoreError.self) {
            try await store("exec").check(try request("exec", ["absent"]))
        }
    }
}
