// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Resolution
internal import RunEngine
internal import Tekton

/// Fetches what one reference asks a resolver for, and checks it like the files' own.
struct ReferenceFetcher: ReferenceSource {
    var resolver: ReferenceResolver
    var gates: FeatureGates

    /// What came of a request.
    struct Answer {
        var resolved: ResolvedReference?
        /// What was fetched, for diagnostics that quote it.
        var file: SourceFile?
        var diagnostics: [Diagnostic] = []
        /// Whether a server or the network refused, and not the YAML.
        var sourceHasFailed = false
    }

    func fetch(_ reference: PendingReference) async -> (ResolvedReference?, [Diagnostic]) {
        let answer = await answer(to: reference)
        return (answer.resolved, answer.diagnostics.filter { $0.severity == .error })
    }

    /// Fetches and checks.
    func answer(to reference: PendingReference) async -> Answer {
        let source: ResolvedSource
        do throws(ResolutionError) {
            source = try await resolver.resolve(reference.request)
        } catch {
            let problem = Diagnostic(
                at: reference.location,
                path: reference.path,
                "resolver `\(reference.request.resolver)`: \(error.message)",
                hint: error.hint
            )
            return Answer(diagnostics: [problem], sourceHasFailed: error.kind == .source)
        }
        var answer = Answer(file: SourceFile(name: source.name, bytes: source.bytes))
        check(source, reference, &answer)
        return answer
    }

    private func check(
        _ source: ResolvedSource,
        _ reference: PendingReference,
        _ answer: inout Answer
    ) {
        let (manifests, problems) = ManifestLoader.load(bytes: source.bytes, file: source.name)
        answer.diagnostics = problems
        guard let manifest = manifests.first, problems.isEmpty else {
            if problems.isEmpty {
                answer.diagnostics = [
                    refusal(of: reference, "the file of `\(source.name)` is empty")
                ]
            }
            return
        }
        let (validated, found) = ManifestValidator.validate(manifest, gates: gates)
        answer.diagnostics += found
        guard let validated else { return }
        let resolved = ResolvedReference(document: validated, source: source.source)
        let isWanted =
            switch reference.request.kind {
            case .task: resolved.task != nil
            case .pipeline: resolved.pipeline != nil
            case .stepAction: resolved.stepAction != nil
            }
        if isWanted {
            answer.resolved = resolved
        } else {
            answer.diagnostics.append(
                refusal(
                    of: reference,
                    "`\(source.name)` holds a \(manifest.kind), which is not what is asked for"
                )
            )
        }
    }

    private func refusal(of reference: PendingReference, _ message: String) -> Diagnostic {
        Diagnostic(at: reference.location, path: reference.path, message)
    }
}
