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
}
