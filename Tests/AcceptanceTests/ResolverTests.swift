// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

/// Tasks and StepActions that come from a server, through the built program.
@Suite("Resolvers")
struct ResolverTests {
    private let server: FaultyServer

    init() throws { server = try FaultyServer() }

    private func serve(_ path: String, _ yaml: String) throws {
        let fault: JSONValue = .object([
            "path": .string(path), "fault": .string("status"), "status": .integer(200),
            "times": .integer(100),
            "body": .string(yaml),
        ])
        try server.setFaults(String(decoding: JSONValue.array([fault]).serialize(), as: UTF8.self))
    }

    private func run(_ file: String = "$(params.file)") throws -> Run {
        try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: tr}
            spec:
              params: [{name: file, value: task.yaml}]
              taskRef: {resolver: http, params: [{name: url, value: "\(server.url)/\(file)"}]}
            """,
            "-o",
            "json"
        )
    }

    private static let task = """
        apiVersion: tekton.dev/v1
        kind: Task
        metadata: {name: far}
        spec:
          params: [{name: file}]
          steps: [{name: s, image: alpine, script: "echo from $(params.file)"}]
        """

    @Test func `a Task is fetched, run, and told of in the status`() throws {
        try serve("/task.yaml", Self.task)
        let run = try run()
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "s") == "from task.yaml\n")
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        let source = object["status"]?["provenance"]?["refSource"]
        #expect(source?["uri"]?.string == "\(server.url)/task.yaml")
        #expect(object["metadata"]?["labels"]?["tekton.dev/task"]?.string == "far")
        #expect(server.requests.count == 1)
    }

    @Test func `what is fetched is checked like a file of one's own`() throws {
        try serve("/task.yaml", Self.task + "\n  nosuch: 1\n")
        let outcome = try run().finish()
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(outcome.error.contains("\(server.url)/task.yaml:7:3: "), "\(outcome)")
        try serve("/task.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
        let other = try run().finish()
        #expect(other.exitCode == 2 && other.error.contains("holds a ConfigMap"), "\(other)")
    }

    @Test func `a server that refuses ends the command with 3, before any step`() throws {
        try server.setFaults(
            #"[{"path": "", "fault": "status", "status": 500, "body": "", "times": 100}]"#
        )
        let outcome = try run().finish()
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("run.yaml:6:"), "\(outcome)")
        #expect(outcome.output.contains("\"items\": []"))
    }

    @Test func `a step's StepAction comes from the files by the resolver cluster`() throws {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1beta1
            kind: StepAction
            metadata: {name: greet}
            spec: {image: alpine, script: echo hello}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: tr}
            spec:
              taskSpec:
                steps:
                - name: s
                  ref: {resolver: cluster, params: [{name: kind, value: stepaction}, {name: name, value: greet}]}
            """,
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "s") == "hello\n")
        let step = try JSONValue.parse(Array(outcome.output.utf8))["status"]?["steps"]?.array?.first
        #expect(
            step?["provenance"]?["refSource"]?["uri"]?.string?.contains("/stepaction/greet@")
                == true
        )
    }

    @Test func `bundles are refused by name`() throws {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: tr}
            spec: {taskRef: {resolver: bundles, params: [{name: bundle, value: x}]}}
            """
        ).finish()
        #expect(outcome.exitCode == 2 && outcome.error.contains("`bundles`"), "\(outcome)")
    }
}
