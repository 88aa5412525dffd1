// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

@testable import TacitCLI

@Suite struct AuditLeaksCommandTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("DB_PASSWORD=hunter2-x/y\n", to: "secrets.env")
        try directory.write("ok\npw hunter2-x/y end\n", to: "logs/a.log")
        try directory.write("b64 dXNlcjpodW50ZXIyLXgveQ==\n", to: "logs/below/b.log")
        try directory.write("nothing here\n", to: "logs/c.log")
    }

    private func audit(_ path: String, _ flags: String...) async -> (ExitCode, String, String) {
        let captured = CapturedTerminal()
        let dispatch = Dispatch(
            terminal: captured.terminal,
            environment: ["TACIT_STATE_DIR": directory.path("state")]
        )
        let code = await dispatch.run(["audit", "leaks", directory.path(path)] + flags)
        return (code, captured.output, captured.error)
    }

    private var secrets: String { "--secrets=\(directory.path("secrets.env"))" }

    @Test func `each leak is a line with its place, and the code is 1`() async {
        let (code, output, error) = await audit("logs", secrets)
        let logs = directory.path("logs")
        #expect(
            output == """
                \(logs)/a.log:2:4: secret `DB_PASSWORD` (certain; 11 bytes at 6)
                \(logs)/below/b.log:1:12: secret `DB_PASSWORD` as base64 (certain; 14 bytes at 11)

                """
        )
        #expect(error == "2 leaks in 3 files\n")
        #expect(code == .runFailed)
    }

    @Test func `without leaks the code is 0`() async {
        let (code, output, error) = await audit("logs/c.log", secrets)
        #expect((code, output, error) == (.success, "", "0 leaks in 1 file\n"))
    }

    @Test func `JSON is one document, without any value`() async throws {
        let (_, output, _) = await audit("logs/a.log", secrets, "-o", "json")
        let document = try JSONValue.parse(Array(output.utf8))
        let finding: JSONValue = .object([
            "file": .string(directory.path("logs/a.log")), "line": .integer(2),
            "column": .integer(4), "offset": .integer(6), "length": .integer(11),
            "certainty": .string("certain"), "encodings": .array([.string("raw")]),
            "secret": .string("DB_PASSWORD"),
            "fingerprint": document["findings"]?.array?.first?["fingerprint"] ?? .null,
        ])
        let expected: JSONValue = .object([
            "files": .integer(1), "bytes": .integer(22), "findings": .array([finding]),
        ])
        #expect(document == expected)
    }

    @Test func `SARIF names the rule, the file and the line`() async throws {
        let (code, output, _) = await audit("logs/a.log", secrets, "-o", "sarif")
        let document = try JSONValue.parse(Array(output.utf8))
        let result = document["runs"]?.array?.first?["results"]?.array?.first
        let place = result?["locations"]?.array?.first?["physicalLocation"]
        #expect(document["version"]?.string == "2.1.0")
        #expect(result?["ruleId"]?.string == "leaked-secret")
        #expect(
            place?["artifactLocation"]?["uri"]?.string == "file://" + directory.path("logs/a.log")
        )
        #expect(place?["region"]?["startLine"] == .integer(2))
        #expect(code == .runFailed)
    }

    @Test func `shapes are found without any secret`() async throws {
        try directory.write("key AKIAVLOZRYKIJO2E4CSN\n", to: "logs/c.log")
        let (code, output, _) = await audit("logs", "--shapes")
        let place = directory.path("logs/c.log")
        #expect(
            output
                == "\(place):1:5: looks like a credential: AWS access key (likely; 20 bytes at 4)\n"
        )
        #expect(code == .runFailed)
    }

    @Test func `gzip files are read decompressed`() async throws {
        let packed = try Command(["gzip", directory.path("logs/a.log")]).run()
        #expect(packed.exitCode == 0)
        let (_, output, _) = await audit("logs/a.log.gz", secrets)
        #expect(output.hasSuffix("a.log.gz:2:4: secret `DB_PASSWORD` (certain; 11 bytes at 6)\n"))
    }

    @Test func `Zstandard files are read decompressed, and a cut one is said to be cut`()
        async throws
    {
        let packed = try Command(["zstd", "-q", "--rm", directory.path("logs/a.log")]).run()
        #expect(packed.exitCode == 0)
        let (_, output, _) = await audit("logs/a.log.zst", secrets)
        #expect(output.hasSuffix("a.log.zst:2:4: secret `DB_PASSWORD` (certain; 11 bytes at 6)\n"))
        let cut = try Command(["truncate", "-s", "12", directory.path("logs/a.log.zst")]).run()
        #expect(cut.exitCode == 0)
        let (code, _, error) = await audit("logs/a.log.zst", secrets)
        #expect(error.contains("it is cut off"))
        #expect(code == .wrongUsage)
    }

    @Test func `a finding's fingerprint stays when lines come before it, and differs by file`()
        async throws
    {
        func fingerprints(_ path: String) async throws -> [String?] {
            let document = try JSONValue.parse(
                Array(await audit(path, secrets, "-o", "json").1.utf8)
            )
            return (document["findings"]?.array ?? []).map { $0["fingerprint"]?.string }
        }
        let before = try await fingerprints("logs")
        try directory.write("more\nlines\nok\npw hunter2-x/y end\n", to: "logs/a.log")
        #expect(try await fingerprints("logs") == before)
        #expect(before.count == 2 && before[0] != before[1])
        #expect(before.allSatisfy { $0?.count == 64 })
    }

    @Test func `a file's name that says a value is masked`() async throws {
        try directory.write("hunter2-x/y", to: "hunter2-x/y")
        let (_, output, _) = await audit("hunter2-x", secrets)
        #expect(
            output
                == "\(directory.path)/[REDACTED:DB_PASSWORD]:1:1: secret `DB_PASSWORD` (certain; 11 bytes at 0)\n"
        )
    }

    @Test func `what cannot be read is said, and the code is not 0`() async {
        let (code, _, error) = await audit("missing", secrets)
        #expect(error.hasPrefix("error: stat `\(directory.path("missing"))`: No such file"))
        #expect(code == .wrongUsage)
    }

    @Test func `secrets must be given, and be readable`() async throws {
        #expect(await audit("logs").0 == .wrongUsage)
        #expect(await audit("logs", "--secrets=/nonexistent").0 == .wrongUsage)
        try directory.write("{\"A\": 5}", to: "secrets.env")
        #expect(await audit("logs", secrets).0 == .wrongUsage)
        try directory.write("", to: "secrets.env")
        #expect(await audit("logs", secrets).0 == .wrongUsage)
    }
}
