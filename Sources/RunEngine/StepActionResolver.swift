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
            let resolved = ReferenceRequest(
                stepAction: reference,
                in: definition.metadata.namespace,
                declared.params,
                definition.spec.params
            ).flatMap { planner.documents.resolved[$0] }
            outcome.sources[index] = resolved?.source
            guard let action = resolved?.stepAction ?? action(named: reference.name) else {
                outcome.diagnostics.append(missing(reference.name, at: index))
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

    private func missing(_ name: String, at index: Int) -> Diagnostic {
        let manifest = candidate.manifest
        let path = "\(candidate.specPath).steps[\(index)].ref.name"
        let names = planner.documents.stepActions.map(\.definition.metadata.name)
        let near = NearMiss.suggestion(for: name, among: names)
        return Diagnostic(
            at: manifest?.location(ofField: path),
            path: path,
            "no StepAction `\(name)` in namespace `\(definition.metadata.namespace)` among the files",
            hint: near.map { "did you mean `\($0)`?" }
        )
    }
}
