// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import Platform
internal import Secrets
internal import Tekton

/// Decides what runs, and makes each run ready: finds its Task or Pipeline, sets its params and workspaces,
/// replaces references, and refuses what cannot be done here.
package struct RunPlanner: Sendable {
    var documents: RunDocuments
    var options: RunOptions
    var settings: RunSettings
    var randomness: RandomBytes
    /// What resolvers have still to fetch, as far as planning has come to it.
    package internal(set) var missing = MissingReferences()

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
    package func plan() throws -> (plans: [RunPlan], diagnostics: [Diagnostic]) {
        let (choices, problems) = try choices()
        if !problems.isEmpty { return ([], problems) }
        var plans: [RunPlan] = []
        var diagnostics: [Diagnostic] = []
        for choice in choices {
            switch choice {
            case .task(let candidate):
                let (plan, found) = try TaskRunPlanner(planner: self, candidate: candidate).plan()
                diagnostics += found
                plans.append(.taskRun(plan))
            case .pipeline(let candidate):
                let planner = PipelineRunPlanner(planner: self, candidate: candidate)
                let (plan, found) = try planner.plan()
                diagnostics += found
                plans.append(.pipelineRun(plan))
            }
        }
        return (plans, diagnostics)
    }

    private enum Choice {
        case task(Candidate)
        case pipeline(PipelineCandidate)
    }

    /// What is named; else every run in order; else the only Pipeline or Task.
    private func choices() throws -> ([Choice], [Diagnostic]) {
        if let name = options.task {
            let (task, problem) = document(named: name, "Task", among: documents.tasks) {
                $0.definition.metadata.name
            }
            guard let task else { return ([], problem) }
            return ([.task(try candidate(running: task))], [])
        }
        if let name = options.pipeline {
            let (pipeline, problem) = document(named: name, "Pipeline", among: documents.pipelines)
            {
                $0.definition.metadata.name
            }
            guard let pipeline else { return ([], problem) }
            return ([.pipeline(try candidate(running: pipeline))], [])
        }
        if !documents.runs.isEmpty { return choicesOfRuns() }
        return try onlyChoice()
    }

    private func document<Document>(
        named name: String,
        _ kind: String,
        among documents: [Document],
        _ nameOf: (Document) -> String
    ) -> (Document?, [Diagnostic]) {
        if let found = documents.first(where: { nameOf($0) == name }) { return (found, []) }
        let names = documents.map(nameOf)
        let hint =
            NearMiss.suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
            ?? (names.isEmpty
                ? nil : "there is " + names.map { "`\($0)`" }.joined(separator: ", "))
        return (nil, [Diagnostic(.error, "no \(kind) `\(name)` in the files", hint: hint)])
    }

    /// A Pipeline brings the Tasks that it uses along; any other Task could be meant as well.
    private func onlyChoice() throws -> ([Choice], [Diagnostic]) {
        let used = Set(
            documents.pipelines.flatMap { pipeline in
                (pipeline.definition.spec.tasks + pipeline.definition.spec.finally)
                    .compactMap { $0.taskReference?.name }
            }
        )
        let tasks = documents.tasks.filter { !used.contains($0.definition.metadata.name) }
        switch (documents.pipelines.count, tasks.count) {
        case (0, 0):
            let message = "nothing to run: no Task, TaskRun, Pipeline or PipelineRun in the files"
            return ([], [Diagnostic(.error, message)])
        case (0, 1): return ([.task(try candidate(running: tasks[0]))], [])
        case (1, 0): return ([.pipeline(try candidate(running: documents.pipelines[0]))], [])
        default:
            let names =
                documents.pipelines.map { "Pipeline `\($0.definition.metadata.name)`" }
                + tasks.map { "Task `\($0.definition.metadata.name)`" }
            return (
                [],
                [
                    Diagnostic(
                        .error,
                        "more than one thing to run: \(names.joined(separator: ", "))",
                        hint: "name one with `--task` or `--pipeline`"
                    )
                ]
            )
        }
    }

    private func choicesOfRuns() -> ([Choice], [Diagnostic]) {
        var choices: [Choice] = []
        var diagnostics: [Diagnostic] = []
        for run in documents.runs {
            switch run {
            case .taskRun(let run):
                let isStopped = !run.definition.spec.status.isEmpty
                let resolved = isStopped ? nil : resolvedTask(of: run)
                let found: (task: ValidatedTask?, problem: Diagnostic?) =
                    isStopped ? (nil, nil) : resolved?.task.map { ($0, nil) } ?? task(of: run)
                if let problem = found.problem { diagnostics.append(problem) }
                var candidate = Candidate(definition: run.definition)
                candidate.taskRun = run
                candidate.task = found.task
                candidate.source = resolved?.source
                choices.append(.task(candidate))
            case .pipelineRun(let run):
                choices.append(
                    .pipeline(PipelineCandidate(definition: run.definition, pipelineRun: run))
                )
            }
        }
        return (choices, diagnostics)
    }
}
