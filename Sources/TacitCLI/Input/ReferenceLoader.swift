// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Resolution
internal import RunEngine
internal import Tekton

/// Fetches what the runs' references ask resolvers for, each once, and checks it like the files' own.
struct ReferenceLoader {
    var resolver: ReferenceResolver
    var gates: FeatureGates
    /// What was fetched, for diagnostics that quote it.
    private(set) var files: [SourceFile] = []
    private(set) var diagnostics = DiagnosticList()
    /// Whether a server or the network refused, and not the YAML.
    private(set) var sourceHasFailed = false

    /// So many layers of references within references there may be.
    private static let depthLimit = 10

    init(resolver: ReferenceResolver, gates: FeatureGates) {
        self.resolver = resolver
        self.gates = gates
    }

    /// Resolves until nothing is left; what was found wrong ends it.
    mutating func load(into documents: inout RunDocuments, _ options: RunOptions) async {
        for _ in 0..<Self.depthLimit {
            let pending = PendingReferences.all(in: documents, options)
            if pending.isEmpty { return }
            for reference in pending {
                guard let resolved = await fetch(reference) else { continue }
                documents.resolved[reference.request] = resolved
            }
            if diagnostics.hasErrors { return }
        }
        diagnostics.add([
            Diagnostic(.error, "references lead to references more than \(Self.depthLimit) deep")
        ])
    }

    private mutating func fetch(_ reference: PendingReference) async -> ResolvedReference? {
        let source: ResolvedSource
        do throws(ResolutionError) {
            source = try await resolver.resolve(reference.request)
        } catch {
            if error.kind == .source { sourceHasFailed = true }
            diagnostics.add([
                Diagnostic(
                    at: reference.location,
                    path: reference.path,
                    "resolver `\(reference.request.resolver)`: \(error.message)",
                    hint: error.hint
                )
            ])
            return nil
        }
        files.append(SourceFile(name: source.name, bytes: source.bytes))
        let (manifests, problems) = ManifestLoader.load(bytes: source.bytes, file: source.name)
        diagnostics.add(problems)
        guard let manifest = manifests.first, problems.isEmpty else {
            if problems.isEmpty { refuse(reference, "the file of `\(source.name)` is empty") }
            return nil
        }
        let (validated, found) = ManifestValidator.validate(manifest, gates: gates)
        diagnostics.add(found)
        guard let validated else { return nil }
        let resolved = ResolvedReference(document: validated, source: source.source)
        let isWanted =
            switch reference.request.kind {
            case .task: resolved.task != nil
            case .pipeline: resolved.pipeline != nil
            case .stepAction: resolved.stepAction != nil
            }
        guard isWanted else {
            refuse(
                reference,
                "`\(source.name)` holds a \(manifest.kind), which is not what is asked for"
            )
            return nil
        }
        return resolved
    }

    private mutating func refuse(_ reference: PendingReference, _ message: String) {
        diagnostics.add([Diagnostic(at: reference.location, path: reference.path, message)])
    }
}
