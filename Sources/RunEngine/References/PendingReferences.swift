// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// Finds the references of the runs that a resolver has to fetch, one layer at a time: what is fetched may
/// refer to more.
///
/// The variables in a resolver's params are replaced by what the run gives; one that names a result of a task
/// is not known before the run, and stays.
package struct PendingReferences: Sendable {
    /// A specification within a document.
    private struct Place {
        var manifest: Manifest
        var path: String
    }

    private var documents: RunDocuments
    private var options: RunOptions
    private var found: [PendingReference] = []
    private var seen: Set<ReferenceRequest> = []

    /// What is not resolved yet, each once.
    package static func all(
        in documents: RunDocuments,
        _ options: RunOptions
    ) -> [PendingReference] {
        var finder = PendingReferences(documents: documents, options: options)
        finder.search()
        return finder.found
    }

    private init(documents: RunDocuments, options: RunOptions) {
        self.documents = documents
        self.options = options
    }

    private mutating func search() {
        for run in documents.taskRuns { search(run) }
        // What the command line names runs by itself.
        for task in documents.tasks
        where documents.taskRuns.isEmpty || task.definition.metadata.name == options.task {
            let place = Place(manifest: task.manifest, path: "spec")
            let namespace = namespace(of: task.definition.metadata)
            search(task.definition.spec, place, givenParams, namespace)
        }
    }

    private func namespace(of metadata: ObjectMetadata) -> String {
        options.namespace ?? (metadata.namespace.isEmpty ? "default" : metadata.namespace)
    }

    private var givenParams: [Param] {
        options.params.map { argument in
            var param = Param()
            param.name = argument.name
            param.value = .string(argument.text)
            return param
        }
    }

    /// Notes a request; returns the document where it is resolved already.
    private mutating func look(
        up request: ReferenceRequest?,
        _ place: Place,
        _ field: String
    ) -> ResolvedReference? {
        guard let request else { return nil }
        if let resolved = documents.resolved[request] { return resolved }
        guard !request.waitsForResults, seen.insert(request).inserted else { return nil }
        found.append(
            PendingReference(
                request: request,
                location: place.manifest.location(ofField: "\(place.path).\(field)"),
                path: "\(place.path).\(field)"
            )
        )
        return nil
    }

    private mutating func search(_ run: ValidatedTaskRun) {
        let spec = run.definition.spec
        let namespace = namespace(of: run.definition.metadata)
        let given = spec.params + givenParams
        let place = Place(manifest: run.manifest, path: "spec")
        if let task = spec.taskSpec {
            let inner = Place(manifest: run.manifest, path: "spec.taskSpec")
            search(task, inner, given, namespace)
        }
        guard let reference = spec.taskReference else { return }
        let request = ReferenceRequest(task: reference, in: namespace, given)
        if let task = look(up: request, place, "taskRef.resolver")?.task {
            let inner = Place(manifest: task.manifest, path: "spec")
            search(task.definition.spec, inner, given, namespace)
        } else if let task = task(named: reference.name, in: namespace) {
            let inner = Place(manifest: task.manifest, path: "spec")
            search(task.definition.spec, inner, given, namespace)
        }
    }

    private func task(named name: String, in namespace: String) -> ValidatedTask? {
        documents.tasks.first {
            $0.definition.metadata.name == name
                && self.namespace(of: $0.definition.metadata) == namespace
        }
    }

    /// The StepActions of a Task's steps.
    private mutating func search(
        _ task: TaskSpec,
        _ place: Place,
        _ given: [Param],
        _ namespace: String
    ) {
        for (index, step) in task.steps.enumerated() {
            guard let reference = step.reference else { continue }
            let request = ReferenceRequest(
                stepAction: reference,
                in: namespace,
                task.params,
                given
            )
            _ = look(up: request, place, "steps[\(index)].ref.resolver")
        }
    }
}
