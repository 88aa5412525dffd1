// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

@testable import TacitCLI

@Suite struct ValidateCommandTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func validate(
        _ yaml: String,
        _ flags: String...
    ) async throws -> (code: ExitCode, lines: [JSONValue], error: String) {
        try directory.write(yaml, to: "file.yaml")
        let captured = CapturedTerminal()
        let dispatch = Dispatch(terminal: captured.terminal, environment: [:])
        let words = ["validate", directory.path("file.yaml"), "-o", "json"] + flags
        let code = await dispatch.run(words)
        let lines = try captured.output.split(separator: "\n").map {
            try JSONValue.parse(Array($0.utf8))
        }
        return (code, lines, captured.error)
    }

    private static func task(_ name: String, _ step: String = "image: i") -> String {
        """
        apiVersion: tekton.dev/v1
        kind: Task
        metadata: {name: \(name)}
        spec:
          steps:
          - \(step)

        """
    }

    @Test func `each document has a line, and the same name may come twice`() async throws {
        let yaml = Self.task("one") + "---\n" + Self.task("one")
        let (code, lines, error) = try await validate(yaml)
        #expect(code == .success && error.isEmpty)
        #expect(
            lines.first
                == .object([
                    "file": .string(directory.path("file.yaml")), "document": .integer(0),
                    "kind": .string("Task"), "name": .string("one"), "valid": .bool(true),
                    "errors": .array([]), "warnings": .array([]),
                ])
        )
        #expect(lines.map { $0["document"] } == [.integer(0), .integer(1)])
    }

    @Test func `an error carries path, line and column, and spoils only its document`() async throws
    {
        let wrong = Self.task("two", "{image: i, script: 'echo $(params.nosuch)'}")
        let (code, lines, _) = try await validate(Self.task("one") + "---\n" + wrong)
        #expect(code == .wrongUsage)
        #expect(lines.map { $0["valid"] } == [.bool(true), .bool(false)])
        let error = lines[1]["errors"]?.array?.first
        #expect(error?["path"]?.string == "spec.steps[0].script")
        #expect(error?["line"] == .integer(13) && error?["column"] == .integer(30))
    }

    @Test func `a document that cannot be read has neither kind nor name`() async throws {
        let (code, lines, _) = try await validate(Self.task("one") + "---\nkind: [\n")
        #expect(code == .wrongUsage)
        #expect(lines.map { $0["valid"] } == [.bool(true), .bool(false)])
        #expect(lines[1]["kind"] == .null && lines[1]["name"] == .null)
        #expect(lines[1]["document"] == .integer(1))
        #expect(lines[1]["errors"]?.array?.first?["line"] != nil)
    }

    @Test func `a key given twice spoils the document that it stands in`() async throws {
        let twice = "a: 1\n---\n" + Self.task("one") + "kind: Task\n---\n" + Self.task("two")
        let (_, lines, _) = try await validate(twice)
        #expect(lines.map { $0["valid"] } == [.bool(false), .bool(false), .bool(true)])
        #expect(lines[1]["name"]?.string == "one")
    }

    @Test func `what a host cannot do is a warning and leaves the verdict`() async throws {
        let step = "{image: i, securityContext: {privileged: true}}"
        let (code, lines, _) = try await validate(Self.task("one", step))
        #expect(code == .success)
        #expect(lines.first?["valid"] == .bool(true))
        let warning = lines.first?["warnings"]?.array?.first
        #expect(warning?["path"]?.string == "spec.steps[0].securityContext.privileged")
    }

    @Test func `a field behind a gate is valid only where the gate is open`() async throws {
        let gated = Self.task("one").replacing(
            "spec:",
            with: "spec:\n  params: [{name: p, enum: [a]}]"
        )
        #expect(try await validate(gated).code == .wrongUsage)
        #expect(try await validate(gated, "--api", "alpha").code == .success)
    }

    @Test func `a SecretProviderClass is checked by its own rules`() async throws {
        let yaml = """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: class}
            spec: {provider: valut, parameters: {}}
            """
        let (code, lines, _) = try await validate(yaml)
        #expect(code == .wrongUsage)
        #expect(lines.first?["errors"]?.array?.first?["path"]?.string == "spec.provider")
        #expect(lines.first?["name"]?.string == "class")
    }

    @Test func `the items of a List have lines of their own`() async throws {
        let items = "{apiVersion: v1, kind: ConfigMap, metadata: {name: NAME}}"
        let list = """
            apiVersion: v1
            kind: List
            items: [\(items.replacing("NAME", with: "a")), \(items.replacing("NAME", with: "b"))]
            """
        let (code, lines, _) = try await validate(list)
        #expect(code == .success)
        #expect(lines.map { $0["name"]?.string } == ["a", "b"])
        #expect(lines.map { $0["document"] } == [.integer(0), .integer(0)])
    }

    @Test func `a Secret's value is in nothing that is said of it`() async throws {
        let yaml = """
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            stringData: {password: hunter2-x/y}
            type: {hunter2-x/y: 1}
            """
        let (code, lines, error) = try await validate(yaml)
        #expect(code == .wrongUsage)
        let text = lines.map { String(decoding: $0.serialize(), as: UTF8.self) }.joined()
        #expect(!(text + error).contains("hunter2"))
    }

    @Test func `as text there is a verdict a line, and the caret on standard error`() async throws {
        try directory.write(Self.task("one", "imgae: i"), to: "file.yaml")
        let (code, output, error) = await tacit("validate", directory.path("file.yaml"))
        #expect(code == .wrongUsage)
        #expect(output == "\(directory.path("file.yaml")): Task `one`: invalid\n")
        #expect(error.contains("file.yaml:6:5: error:"))
    }

    private func sarif(_ yaml: String) async throws -> JSONValue {
        try directory.write(yaml, to: "ä file.yaml")
        let captured = CapturedTerminal()
        let dispatch = Dispatch(terminal: captured.terminal, environment: [:])
        let code = await dispatch.run(["validate", directory.path("ä file.yaml"), "-o", "sarif"])
        #expect(code == .wrongUsage)
        let log = try JSONValue.parse(Array(captured.output.utf8))
        #expect(log["version"]?.string == "2.1.0")
        return try #require(log["runs"]?.array?.first)
    }

    @Test func `as SARIF each problem has a rule, a place in characters and a fingerprint`()
        async throws
    {
        let run = try await sarif(Self.task("one", "{image: ä𝄞, script: 'echo $(params.nosuch)'}"))
        let rules = run["tool"]?["driver"]?["rules"]?.array?.compactMap { $0["id"]?.string }
        let result = try #require(run["results"]?.array?.first)
        #expect(rules?.contains(result["ruleId"]?.string ?? "none") == true)
        #expect(result["level"]?.string == "error")
        #expect(result["message"]?["text"]?.string?.hasPrefix("spec.steps[0].script: ") == true)
        let place = result["locations"]?.array?.first
        let region = place?["physicalLocation"]?["region"]
        #expect(region == .object(["startLine": .integer(6), "startColumn": .integer(32)]))
        let uri = place?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
        #expect(uri?.hasPrefix("file:///") == true && uri?.hasSuffix("/%C3%A4%20file.yaml") == true)
        let logical = place?["logicalLocations"]?.array?.first?["fullyQualifiedName"]?.string
        #expect(logical == "Task/one")
    }

    @Test func `a fingerprint stays where lines move, and no two are alike`() async throws {
        func prints(_ yaml: String) async throws -> [String] {
            try await sarif(yaml)["results"]?.array?.compactMap {
                $0["partialFingerprints"]?["tacitFinding/v1"]?.string
            } ?? []
        }
        let wrong = Self.task("one", "{image: i, nosuch: 1, other: 2}")
        let before = try await prints(wrong)
        #expect(before.count == 2 && Set(before).count == 2)
        #expect(try await prints("# moved\n\n" + wrong) == before)
        let twice = try await prints(wrong + "---\n" + wrong)
        #expect(Set(twice).count == 4 && Array(twice.prefix(2)) == before)
    }
}
