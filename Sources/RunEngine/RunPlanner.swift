// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import Platform
internal import Secrets
internal import Tekton

/// Decides what runs, and makes each run ready: finds its Task, sets its params and workspaces,
/// replaces references, and refuses what cannot be done here.
package struct RunPlanner: Sendable {
    var documents: RunDocuments
    var options: RunOptions
    var settings: RunSettings
    var randomness: RandomBytes

    package init(
        documents: RunDocuments,
        options: RunOptions,
        settings: RunSettings,
        randomness: RandomBytes = .system
    ) {
        self.documents = documents
        self.options = options
        self.settings = settings
        self.randomness = randomness
    }

    /// The plans in the order in which they run, and everything that is wrong.
    ///
    /// With an error among the diagnostics nothing may be run.
    package func plan() throws -> (plans: [TaskRunPlan], diagnostics: [Diagnostic]) {
        let (candidates, problems) = try candidates()
        if !problems.isEmpty { return ([], problems) }
        var plans: [TaskRunPlan] = []
        var diagnostics: [Diagnostic] = []
        for candidate in candidates {
            let (plan, found) = try TaskRunPlanner(planner: self, candidate: candidate).plan()
            diagnostics += found
            if let plan { plans.append(plan) }
        }
        return (plans, diagnostics)
    }

    /// A run and the Task that it runs.
    struct Candidate {
        var definition: TaskRunDefinition
        /// `nil` when the command line asks to run a Task and there is no such document.
        var taskRun: ValidatedTaskRun?
        var task: ValidatedTask?
        /// Where a Task that a resolver has fetched comes from.
        var source: RefSource?
    }

    /// Every TaskRun in order; else the only Task, or the one named.
    private func candidates() throws -> ([Candidate], [Diagnostic]) {
        if let name = options.task { return try candidate(taskNamed: name) }
        if !documents.taskRuns.isEmpty { return candidatesOfTaskRuns() }
        switch documents.tasks.count {
        case 1: return ([try candidate(running: documents.tasks[0])], [])
        case 0: return ([], [Diagnostic(.error, "nothing to run: no Task or TaskRun in the files")])
        default:
            let names = documents.tasks.map { "`\($0.definition.metadata.name)`" }
            return (
                [],
                [
                    Diagnostic(
                        .error,
                        "more than one Task to run: \(names.joined(separator: ", "))",
                        hint: "name one with `--task`"
                    )
                ]
            )
        }
    }

    private func candidate(taskNamed name: String) throws -> ([Candidate], [Diagnostic]) {
        let found = documents.tasks.filter { $0.definition.metadata.name == name }
        if let task = found.first { return ([try candidate(running: task)], []) }
        let names = documents.tasks.map(\.definition.metadata.name)
        let hint =
            NearMiss.suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
            ?? (names.isEmpty
                ? nil : "there is " + names.map { "`\($0)`" }.joined(separator: ", "))
        return ([], [Diagnostic(.error, "no Task `\(name)` in the files", hint: hint)])
    }

    private func candidatesOfTaskRuns() -> ([Candidate], [Diagnostic]) {
        var candidates: [Candidate] = []
        var diagnostics: [Diagnostic] = []
        for run in documents.taskRuns {
            let resolved = resolvedTask(of: run)
            let found: (task: ValidatedTask?, problem: Diagnostic?) =
                resolved?.task.map { ($0, nil) } ?? task(of: run)
            if let problem = found.problem { diagnostics.append(problem) }
            candidates.append(
                Candidate(
                    definition: run.definition,
                    taskRun: run,
                    task: found.task,
                    source: resolved?.source
                )
            )
        }
        return (candidates, diagnostics)
    }

    /// The Task that a TaskRun refers to, in the run's namespace.
    private func task(of run: ValidatedTaskRun) -> (ValidatedTask?, Diagnostic?) {
        guard let reference = run.definition.spec.taskReference else { return (nil, nil) }
        if !reference.resolver.isEmpty {
            let problem = Diagnostic(
                at: run.manifest.location(ofField: "spec.taskRef.resolver"),
                path: "spec.taskRef.resolver",
                "resolver `\(reference.resolver)` has found nothing"
            )
            return (nil, problem)
        }
        let namespace = namespace(of: run.definition.metadata)
        let found = documents.tasks.first {
            $0.definition.metadata.name == reference.name
                && self.namespace(of: $0.definition.metadata) == namespace
        }
        if let found { return (found, nil) }
        let names = documents.tasks.map(\.definition.metadata.name)
        let elsewhere = documents.tasks.first { $0.definition.metadata.name == reference.name }
        let hint =
            elsewhere.map { "there is one in namespace `\($0.definition.metadata.namespace)`" }
            ?? NearMiss.suggestion(for: reference.name, among: names)
            .map { "did you mean `\($0)`?" }
        let problem = Diagnostic(
            at: run.manifest.location(ofField: "spec.taskRef.name"),
            path: "spec.taskRef.name",
            "no Task `\(reference.name)` in namespace `\(namespace)` among the files",
            hint: hint
        )
        return (nil, problem)
    }

    /// `-n`, else the document's, else `default`.
    func namespace(of metadata: ObjectMetadata) -> String {
        if let namespace = options.namespace { return namespace }
        return metadata.namespace.isEmpty ? "default" : metadata.namespace
    }

    /// A Task runs as `<name>-run-<5 characters>`.
    private func candidate(running task: ValidatedTask) throws -> Candidate {
        var definition = TaskRunDefinition()
        let name = task.definition.metadata.name
        definition.metadata.name = "\(name)-run-\(try randomness.nameSuffix())"
        definition.metadata.namespace = task.definition.metadata.namespace
        var reference = TaskReference()
        reference.name = name
        reference.kind = "Task"
        definition.spec.taskReference = reference
        definition.spec.serviceAccountName = "default"
        definition.spec.timeout = GoDuration(nanoseconds: 3_600_000_000_000)
        return Candidate(definition: definition, taskRun: nil, task: task)
    }
}
