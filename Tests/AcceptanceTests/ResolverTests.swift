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

    @Test func `a pipeline's Task and the Pipeline itself come through resolvers`() throws {
        try serve("/task.yaml", Self.task)
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: Pipeline
            metadata: {name: near}
            spec:
              params: [{name: base, default: nowhere}]
              tasks:
              - name: one
                params: [{name: file, value: pipeline}]
                taskRef: {resolver: http, params: [{name: url, value: "$(params.base)/task.yaml"}]}
              - name: two
                runAfter: [one]
                params: [{name: file, value: again}]
                taskRef: {resolver: http, params: [{name: url, value: "$(params.base)/task.yaml"}]}
            ---
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: pr}
            spec:
              params: [{name: base, value: "\(server.url)"}, {name: which, value: near}]
              pipelineRef:
                resolver: cluster
                params: [{name: kind, value: pipeline}, {name: name, value: $(params.which)}]
            """,
            "-o",
            "json",
            "--children"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("pr-one", "s") == "from pipeline\n")
        #expect(try run.log("pr-two", "s") == "from again\n")
        // What is asked for twice is fetched once.
        #expect(server.requests.count == 1)
        let items = try JSONValue.parse(Array(outcome.output.utf8))["items"]?.array ?? []
        let provenance = items.map { $0["status"]?["provenance"] }
        #expect(
            provenance.map { $0?["refSource"]?["uri"]?.string } == [
                "/apis/tekton.dev/v1/namespaces/default/pipeline/near@",
                "\(server.url)/task.yaml", "\(server.url)/task.yaml",
            ]
        )
        #expect(
            provenance.allSatisfy {
                $0?["featureFlags"]?["enableAPIFields"]?.string == "beta"
                    && $0?["featureFlags"]?["enableParamEnum"] == nil
            }
        )
    }

    @Test func `a StepAction may be asked for by what an earlier task has found`() throws {
        try serve(
            "/action.yaml",
            "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\n"
                + "spec: {image: alpine, script: echo acted}\n"
        )
        func run(_ file: String) throws -> (Run, CommandOutcome) {
            let run = try Run(
                """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: pr}
                spec:
                  pipelineSpec:
                    tasks:
                    - name: find
                      taskSpec:
                        results: [{name: file}]
                        steps: [{name: s, image: alpine, script: "printf \(file) > $(results.file.path)"}]
                    - name: act
                      params: [{name: file, value: $(tasks.find.results.file)}]
                      taskSpec:
                        params: [{name: file}]
                        steps:
                        - name: s
                          ref: {resolver: http, params: [{name: url, value: "\(server.url)/$(params.file)"}]}
                """
            )
            return (run, try run.finish())
        }
        let (found, outcome) = try run("action.yaml")
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try found.log("pr-act", "s") == "acted\n")
        try server.setFaults(
            #"[{"path": "", "fault": "status", "status": 404, "body": "", "times": 9}]"#
        )
        let (_, missing) = try run("other.yaml")
        #expect(missing.exitCode == 1, "\(missing)")
        #expect(missing.error.contains("is not found"), "\(missing)")
    }

    @Test(arguments: [
        (
            "taskRef: {resolver: http, params: [{name: url, value: $(tasks.a.results.r)}]}",
            "given a result"
        ),
        ("taskRef: {resolver: bundles, params: [{name: bundle, value: x}]}", "`bundles`: it needs"),
        (
            "pipelineRef: {resolver: bundles, params: [{name: bundle, value: x}]}",
            "`bundles`: it needs"
        ),
    ])
    func `what no resolver can fetch in time is refused before anything runs`(
        reference: String,
        words: String
    ) throws {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: pr}
            spec:
              pipelineSpec:
                tasks:
                - name: a
                  taskSpec:
                    results: [{name: r}]
                    steps: [{name: s, image: alpine, script: echo ran}]
                - name: b
                  \(reference)
            """,
            "--api",
            "alpha"
        ).finish()
        #expect(outcome.exitCode == 2 && outcome.error.contains("run.yaml:12:"), "\(outcome)")
        #expect(outcome.error.contains(words), "\(outcome)")
        #expect(!outcome.output.contains("ran"))
    }

    @Test func `a PipelineRun whose Pipeline is not served ends the command with 3`() throws {
        try server.setFaults(
            #"[{"path": "", "fault": "status", "status": 500, "body": "", "times": 100}]"#
        )
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: pr}
            spec: {pipelineRef: {resolver: http, params: [{name: url, value: "\(server.url)/p.yaml"}]}}
            """
        ).finish()
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("run.yaml:4:"), "\(outcome)")
    }

    @Test func `a Pipeline that reaches itself through a resolver is refused`() throws {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: Pipeline
            metadata: {name: p}
            spec:
              tasks:
              - name: again
                pipelineRef: {resolver: cluster, params: [{name: kind, value: pipeline}, {name: name, value: p}]}
            ---
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: pr}
            spec: {pipelineRef: {name: p}}
            """,
            "--api",
            "alpha",
            "-o",
            "json",
            "--children"
        )
        let outcome = try run.finish(limit: .seconds(20))
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(outcome.output.contains("detected cycle in pipeline-in-pipeline"), "\(outcome)")
    }
}
