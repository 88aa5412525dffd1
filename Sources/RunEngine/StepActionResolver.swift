// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Tekton

/// Finds the StepActions that the steps of a Task refer to among the documents, and puts them in place.
struct StepActionResolver {
    var planner: RunPlanner
    var candidate: RunPlanner.Candidate
    /// With its namespace, and the params that the command line added.
    var definition: TaskRunDefinition

    /// What became of the Task.
    struct Outcome {
        var spec: TaskSpec
        /// Where StepActions that a resolver has fetched come from, by the step's index.
        var sources: [Int: RefSource] = [:]
        /// Why Tekton's controller would not go on with the TaskRun.
        var refusal: TaskRunPlan.Refusal?
        /// What keeps the run from being made at all.
        var diagnostics: [Diagnostic] = []
    }

    /// The Task with every step standing alone.
    func resolve(_ declared: TaskSpec) -> Outcome {
        var outcome = Outcome(spec: declared)
        let taskParams = Replacements.params(
            declared: declared.params,
            given: definition.spec.params
        )
        for (index, step) in declared.steps.enumerated() {
            guard let reference = step.reference else { continue }
            let request = ReferenceRequest(
                stepAction: reference,
                in: definition.metadata.namespace,
                declared.params,
                definition.spec.params
            )
            let resolved = planner.resolved(request, place, "steps[\(index)].ref.resolver")
            outcome.sources[index] = resolved?.source
            // What a resolver is asked for may name the result of another task, which is still to come.
            if candidate.isProvisional, request?.waitsForResults == true { continue }
            guard let action = resolved?.stepAction ?? action(named: reference.name) else {
                outcome.diagnostics.append(missing(reference, at: index))
                continue
            }
            outcome.diagnostics += HostValidation(features: HostRequirements.features).check(action)
            do {
                outcome.spec.steps[index] = try step.running(
                    action.definition.spec,
                    taskParams: taskParams
                )
            } catch {
                outcome.refusal =
                    outcome.refusal
                    ?? TaskRunPlan.Refusal(
                        reason: "TaskRunResolutionFailed",
                        message: "failed to resolve step ref for step \"\(step.name)\""
                            + " (index \(index)): \(error)"
                    )
            }
        }
        return outcome
    }

    private func action(named name: String) -> ValidatedStepAction? {
        planner.documents.stepActions.first {
            $0.definition.metadata.name == name
                && planner.namespace(of: $0.definition.metadata) == definition.metadata.namespace
        }
    }

    private var place: SpecPlace? {
        candidate.manifest.map { SpecPlace(manifest: $0, path: candidate.specPath) }
    }

    private func missing(_ reference: StepActionReference, at index: Int) -> Diagnostic {
        if !reference.resolver.isEmpty {
            let field = "steps[\(index)].ref.resolver"
            return Diagnostic(
                at: place?.location(of: field),
                path: "\(candidate.specPath).\(field)",
                "resolver `\(reference.resolver)` has found nothing"
            )
        }
        let field = "steps[\(index)].ref.name"
        let name = reference.name
        let names = planner.documents.stepActions.map(\.definition.metadata.name)
        let near = NearMiss.suggestion(for: name, among: names)
        return Diagnostic(
            at: place?.location(of: field),
            path: "\(candidate.specPath).\(field)",
            "no StepAction `\(name)` in namespace `\(definition.metadata.namespace)` among the files",
            hint: near.map { "did you mean `\($0)`?" }
        )
    }
}
