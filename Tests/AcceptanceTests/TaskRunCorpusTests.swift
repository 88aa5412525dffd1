// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// TaskRuns whose outcomes were recorded from Tekton itself, run here and compared field by field.
@Suite("TaskRuns as Tekton runs them", .enabled(if: SharedCorpus.isPresent, SharedCorpus.need))
struct TaskRunCorpusTests {
    @Test(arguments: TaskRunCase.all)
    func `a TaskRun ends as it does in Tekton`(example: TaskRunCase) throws {
        try run(example) { $0 }
    }

    @Test(
        .enabled(if: OrdinaryUser.isPossible, "only root can become another"),
        arguments: TaskRunCase.all
    )
    func `a TaskRun of an ordinary user ends in the same way`(example: TaskRunCase) throws {
        try run(example, OrdinaryUser.withRanges.runs)
    }

    private func run(_ example: TaskRunCase, _ change: (Command) -> Command) throws {
        let state = try TemporaryDirectory()
        try state.write(try example.text(), to: "run.yaml")
        // The host that the outcomes were recorded on had no sshd.
        try state.write("", to: "layer/usr/sbin/sshd")
        try state.write(
            "images: {alpine/git: {layer: \(state.path("layer"))}}\n",
            to: "config/tacit/config.yaml"
        )
        let command = Command(
            [
                Checkout.tacit, "run", state.path("run.yaml"), "-o", "json", "--log-dir",
                state.path("logs"),
                "--api", example.api,
            ],
            environment: [
                "PATH": "/usr/local/bin:/usr/bin:/bin", "TACIT_STATE_DIR": state.path("state"),
                "TACIT_CACHE_DIR": state.path("cache"), "XDG_CONFIG_HOME": state.path("config"),
            ]
        )
        let outcome = try change(command).run()
        try state.write(outcome.output, to: "actual.json")
        let comparison = try Command(
            [
                "/usr/bin/python3", SharedCorpus.path("tools/compare-run"), example.expected,
                state.path("actual.json"),
            ] + (example.isTimed ? [] : [state.path("logs")])
        ).run()
        #expect(comparison.exitCode == 0, "\(comparison.output)\n\(outcome)")
    }
}

/// A case of the corpus that this version covers.
struct TaskRunCase: Sendable, CustomTestStringConvertible {
    var name: String

    /// The comparison finds a drawn name only behind a hyphen; the one without gets the name recorded.
    func text() throws -> String {
        let bytes = try SharedCorpus.read("corpus/tekton/\(name).yaml")
        return String(decoding: bytes, as: UTF8.self)
            .replacing(
                "generateName: task-run-artifacts\n",
                with: "name: task-run-artifactsabcde\n"
            )
    }

    var expected: String { SharedCorpus.path("corpus/tekton/\(name).expected.json") }
    var testDescription: String { name }

    /// The gate that the example stands behind, for it is not open otherwise.
    var api: String { name.contains("__alpha__") ? "alpha" : "beta" }

    /// Whether its output tells how often a step and a sidecar, both asleep in between, looked for each other.
    var isTimed: Bool { name == "examples/taskruns__beta__workspace-isolation" }

    /// Every case with TaskRuns only, but for those that need what is not here yet.
    static let all: [TaskRunCase] = {
        ["edge", "examples"].flatMap { folder in
            names(in: folder).filter { !isPipeline($0) && !missing.contains($0) }
        }.map { TaskRunCase(name: $0) }
    }()

    private static func names(in folder: String) -> [String] {
        let path = SharedCorpus.path("corpus/tekton/\(folder)")
        let files = (try? Directory.names(in: path)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0.dropLast(5))" }
    }

    private static func isPipeline(_ name: String) -> Bool {
        let bytes = try? SharedCorpus.read("corpus/tekton/\(name).yaml")
        let text = String(decoding: bytes ?? [], as: UTF8.self)
        return text.contains("kind: PipelineRun") || text.contains("kind: Pipeline\n")
    }

    /// The one that lists the root of the host that it was recorded on.
    private static let missing: Set<String> = [
        "examples/taskruns__steps-run-in-order"
    ]
}
