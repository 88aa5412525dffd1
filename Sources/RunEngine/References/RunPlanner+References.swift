// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Tekton

extension RunPlanner {
    /// Adds what a resolver has fetched.
    package mutating func add(_ resolved: ResolvedReference, for reference: PendingReference) {
        documents.resolved[reference.request] = resolved
    }

    /// What a resolver has fetched for a request; `nil` for one that names no resolver, and for one that is
    /// still to be fetched, which is noted.
    ///
    /// `field` is the path of the resolver's name below `place`.
    func resolved(
        _ request: ReferenceRequest?,
        _ place: SpecPlace?,
        _ field: String
    ) -> ResolvedReference? {
        guard let request else { return nil }
        if let found = documents.resolved[request] { return found }
        if request.waitsForResults { return nil }
        missing.note(
            PendingReference(
                request: request,
                location: place?.location(of: field),
                path: place.map { "\($0.path).\(field)" } ?? field
            )
        )
        return nil
    }

    /// What a resolver has fetched for a TaskRun's `taskRef`.
    func resolvedTask(of run: ValidatedTaskRun) -> ResolvedReference? {
        guard let reference = run.definition.spec.taskReference else { return nil }
        var replacements = Replacements.params(
            declared: [],
            given: run.definition.spec.params + givenParams
        )
        addContexts("taskRun", run.definition.metadata, to: &replacements)
        let request = ReferenceRequest(
            task: reference,
            in: namespace(of: run.definition.metadata),
            replacements
        )
        return resolved(
            request,
            SpecPlace(manifest: run.manifest, path: "spec"),
            "taskRef.resolver"
        )
    }

    /// What a resolver has fetched for the `pipelineRef` of a run: a document's own, or one that a pipeline
    /// makes, which stands at `place`.
    func resolvedPipeline(
        of run: PipelineRunDefinition,
        at place: SpecPlace?
    ) -> ResolvedReference? {
        guard let reference = run.spec.pipelineReference else { return nil }
        var replacements = Replacements.pipelineParams(given: run.spec.params + givenParams)
        addContexts("pipelineRun", run.metadata, to: &replacements)
        let request = ReferenceRequest(
            pipeline: reference,
            in: namespace(of: run.metadata),
            replacements
        )
        return resolved(request, place, "pipelineRef.resolver")
    }

    /// A name that is drawn differs each time, and is left alone.
    private func addContexts(
        _ kind: String,
        _ metadata: ObjectMetadata,
        to replacements: inout Replacements
    ) {
        replacements.strings["context.\(kind).namespace"] = namespace(of: metadata)
        if metadata.name.isEmpty { return }
        replacements.strings["context.\(kind).name"] = metadata.name
    }

    /// What `-p` says.
    private var givenParams: [Param] {
        options.params.map { argument in
            var param = Param()
            param.name = argument.name
            param.value = .string(argument.text)
            return param
        }
    }
}
