// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Platform
internal import Tekton

extension RunPlanner {
    /// The Task that a TaskRun refers to, in the run's namespace.
    func task(of run: ValidatedTaskRun) -> (ValidatedTask?, Diagnostic?) {
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
        if let found = task(named: reference.name, in: namespace) { return (found, nil) }
        let problem = Diagnostic(
            at: run.manifest.location(ofField: "spec.taskRef.name"),
            path: "spec.taskRef.name",
            "no Task `\(reference.name)` in namespace `\(namespace)` among the files",
            hint: hint(forMissingTask: reference.name)
        )
        return (nil, problem)
    }

    func task(named name: String, in namespace: String) -> ValidatedTask? {
        documents.tasks.first {
            $0.definition.metadata.name == name
                && self.namespace(of: $0.definition.metadata) == namespace
        }
    }

    func pipeline(named name: String, in namespace: String) -> ValidatedPipeline? {
        documents.pipelines.first {
            $0.definition.metadata.name == name
                && self.namespace(of: $0.definition.metadata) == namespace
        }
    }

    /// Where it is instead, or what may have been meant.
    func hint(forMissingTask name: String) -> String? {
        hint(forMissing: name, among: documents.tasks.map(\.definition.metadata))
    }

    /// Where it is instead, or what may have been meant.
    func hint(forMissingPipeline name: String) -> String? {
        hint(forMissing: name, among: documents.pipelines.map(\.definition.metadata))
    }

    private func hint(forMissing name: String, among known: [ObjectMetadata]) -> String? {
        known.first { $0.name == name }.map { "there is one in namespace `\($0.namespace)`" }
            ?? NearMiss.suggestion(for: name, among: known.map(\.name))
            .map { "did you mean `\($0)`?" }
    }

    /// `-n`, else the document's, else `default`.
    func namespace(of metadata: ObjectMetadata) -> String {
        if let namespace = options.namespace { return namespace }
        return metadata.namespace.isEmpty ? "default" : metadata.namespace
    }

    /// A Task runs as `<name>-run-<5 characters>`.
    func candidate(running task: ValidatedTask) throws -> Candidate {
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

    /// A Pipeline runs as `<name>-run-<5 characters>`.
    func candidate(running pipeline: ValidatedPipeline) throws -> PipelineCandidate {
        var definition = PipelineRunDefinition()
        let name = pipeline.definition.metadata.name
        definition.metadata.name = "\(name)-run-\(try randomness.nameSuffix())"
        definition.metadata.namespace = pipeline.definition.metadata.namespace
        var reference = PipelineReference()
        reference.name = name
        definition.spec.pipelineReference = reference
        definition.setDefaults()
        return PipelineCandidate(definition: definition)
    }
}
