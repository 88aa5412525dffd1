// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Platform
import RunEngine
import Tekton
import Testing

@Suite("Run planner")
struct RunPlannerTests {
    private func documents(_ yaml: String) throws -> RunDocuments {
        let loaded = ManifestLoader.load(bytes: Array(yaml.utf8), file: "t.yaml")
        #expect(loaded.diagnostics == [])
        var documents = RunDocuments()
        for manifest in loaded.manifests {
            let validated = ManifestValidator.validate(manifest, gates: FeatureGates(.alpha))
            #expect(validated.diagnostics == [], "\(validated.diagnostics)")
            switch validated.manifest {
            case .task(let task): documents.tasks.append(task)
            case .taskRun(let run): documents.runs.append(.taskRun(run))
            default: break
            }
        }
        return documents
    }

    private func plan(
        _ yaml: String,
        _ options: RunOptions = RunOptions(),
        settings: RunSettings = RunSettings()
    ) throws -> (plans: [TaskRunPlan], diagnostics: [Diagnostic]) {
        let zeros = RandomBytes { count throws(SystemError) in [UInt8](repeating: 0, count: count) }
        let (plans, diagnostics) = try RunPlanner(
            documents: try documents(yaml),
            options: options,
            settings: settings,
            randomness: zeros
        ).plan()
        let taskRuns = plans.compactMap { plan in
            if case .taskRun(let plan) = plan { plan } else { nil }
        }
        return (taskRuns, diagnostics)
    }

    private func task(_ name: String, _ body: String = "") -> String {
        """
        apiVersion: tekton.dev/v1
        kind: Task
        metadata: {name: \(name)}
        spec:
          steps: [{name: s, image: bash, script: "true"}]
        \(body)
        ---

        """
    }

    @Test func `the only Task runs under a name of its own`() throws {
        let (plans, diagnostics) = try plan(task("build"))
        #expect(diagnostics == [])
        #expect(plans.map(\.name) == ["build-run-bbbbb"])
        #expect(plans.first?.namespace == "default")
    }

    @Test func `several Tasks are an error that lists them, and one can be named`() throws {
        let yaml = task("a") + task("b")
        let (plans, diagnostics) = try plan(yaml)
        #expect(plans.isEmpty)
        #expect(diagnostics.first?.message.contains("Task `a`, Task `b`") == true)
        var options = RunOptions()
        options.task = "b"
        #expect(try plan(yaml, options).plans.map(\.taskName) == ["b"])
    }

    @Test func `a value that is none of a param's choices fails the TaskRun`() throws {
        let yaml = """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: r}
            spec:
              params: [{name: p, value: VALUE}]
              taskSpec:
                params: [{name: p, enum: [a, b]}]
                steps: [{name: s, image: bash, script: "true"}]
            """
        let wrong = try plan(yaml.replacing("VALUE", with: "c")).plans.first?.refusal
        #expect(wrong?.reason == "InvalidParamValue")
        #expect(wrong?.message == "[User error] param `p` value: c is not in the enum list")
        let right = try #require(try plan(yaml.replacing("VALUE", with: "b")).plans.first)
        #expect(right.refusal == nil)
    }

    @Test func `a misspelt Task gets the near one`() throws {
        var options = RunOptions()
        options.task = "biuld"
        let (_, diagnostics) = try plan(task("build"), options)
        #expect(diagnostics.first?.hint == "did you mean `build`?")
    }

    @Test func `the YAML chooses its identity only where the configuration allows it`() throws {
        let run = """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: r, namespace: ns}
            spec:
              serviceAccountName: deployer
              taskSpec: {steps: [{name: s, image: bash, script: "true"}]}
            """
        #expect(try plan(run).plans.first?.identity == "default")
        var settings = RunSettings()
        settings.serviceAccounts = ["ns/deployer"]
        #expect(try plan(run, settings: settings).plans.first?.identity == "deployer")
        var options = RunOptions()
        options.serviceAccount = "chosen"
        #expect(try plan(run, options).plans.first?.identity == "chosen")
    }

    @Test func `a host path is refused unless the configuration allows it`() throws {
        let yaml = task("t", "  volumes: [{name: v, hostPath: {path: /usr/share}}]")
        let refused = try plan(yaml).diagnostics
        #expect(refused.contains { $0.severity == .error && $0.path.contains("hostPath") })
        var settings = RunSettings()
        settings.hostPaths = ["/usr"]
        let allowed = try plan(yaml, settings: settings)
        #expect(!allowed.diagnostics.contains { $0.severity == .error })
        #expect(allowed.plans.first?.hostDirectories == ["v": "/usr/share"])
    }

    @Test func `a class that is in no file is refused at its place`() throws {
        let yaml = task(
            "t",
            """
              volumes:
              - name: v
                csi:
                  driver: secrets-store.csi.k8s.io
                  readOnly: true
                  volumeAttributes: {secretProviderClass: nosuch}
            """
        )
        let diagnostics = try plan(yaml).diagnostics
        #expect(diagnostics.map(\.location?.line) == [11])
        #expect(diagnostics.first?.message.contains("`nosuch`") == true)
    }

    @Test func `an index beyond a given array fails as Tekton's controller has it`() throws {
        let yaml = """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: r}
            spec:
              params: [{name: l, value: [a]}]
              taskSpec:
                params: [{name: l, type: array}]
                steps: [{name: s, image: bash, script: "echo $(params.l[3])"}]
            """
        let refusal = try plan(yaml).plans.first?.refusal
        #expect(refusal?.reason == "TaskRunValidationFailed")
        #expect(
            refusal?.message == "[User error] non-existent param references:[$(params.l[3])]"
        )
    }

    @Test func `an isolated workspace is mounted only where it is listed`() throws {
        let yaml = """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: r}
            spec:
              workspaces: [{name: w, emptyDir: {}}, {name: x, emptyDir: {}}]
              taskSpec:
                workspaces: [{name: w}, {name: x}]
                steps:
                - {name: a, image: bash, script: "true", workspaces: [{name: w, mountPath: /own}]}
                - {name: b, image: bash, script: "true"}
            """
        let steps = try plan(yaml).plans.first?.steps ?? []
        #expect(
            steps.map { $0.volumeMounts.map(\.mountPath) } == [
                ["/own", "/workspace/x"], ["/workspace/x"],
            ]
        )
    }
}
