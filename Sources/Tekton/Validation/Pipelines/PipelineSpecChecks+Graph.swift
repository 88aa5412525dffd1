// SPDX-License-Identifier: Apache-2.0
import Diagnostics

extension PipelineSpecChecks {
    /// The tasks form a graph: no name stands twice, nothing waits for itself or for a task that is not there.
    ///
    /// As in Tekton, the first of these three that is broken is the one that is reported.
    func graph() -> FieldErrors {
        let names = tasks.map(\.name)
        if let name = ParameterChecks.repeated(names).first {
            return .invalid(
                "task \(name) is already present in Graph, can't add it again: duplicate pipeline task",
                at: "tasks"
            )
        }
        let dependencies = Dictionary(
            uniqueKeysWithValues: tasks.map { ($0.name, self.dependencies(of: $0)) }
        )
        if let circle = Self.circle(in: dependencies) {
            let place = names.firstIndex(of: circle.task).map { "tasks[\($0)]" } ?? "tasks"
            let wanted = circle.dependencies.map { "\"\($0)\"" }.joined(separator: ", ")
            return FieldErrors.invalid(
                "cycle detected; task \"\(circle.task)\" depends on \(wanted)",
                at: "tasks"
            ).pointing(to: place)
        }
        return missingTasks(dependencies, names)
    }

    private func missingTasks(
        _ dependencies: [String: [String]],
        _ names: [String]
    ) -> FieldErrors {
        let known = Set(names)
        var errors = FieldErrors.none
        for (index, name) in names.enumerated() {
            for wanted in dependencies[name] ?? [] where !known.contains(wanted) {
                let hint = NearMiss.hint(for: wanted, among: names.filter { $0 != name })
                let message =
                    "invalid value: couldn't add link between \(name) and \(wanted): task \(name)"
                    + " depends on \(wanted) but \(wanted) wasn't present in Pipeline"
                errors += FieldErrors(message, at: "tasks", hint: hint)
                    .pointing(to: "tasks[\(index)]")
            }
        }
        return errors
    }

    /// The tasks before this one, with those that the text of its steps implies.
    ///
    /// `tekton.dev/v1beta1` does not look into the steps.
    private func dependencies(of task: PipelineTask) -> [String] {
        Set(task.runAfter + references(of: task).map(\.pipelineTask)).sorted()
    }

    func references(of task: PipelineTask) -> [ResultReference] {
        guard !context.isV1Beta1, let spec = task.taskSpec?.task else {
            return task.references(steps: [], sidecars: [])
        }
        let steps = TaskSpecChecks(task: spec, context: context).mergedSteps
        return task.references(steps: steps, sidecars: spec.sidecars)
    }

    /// The first task, by name, that can never start, with what it waits for in vain.
    private static func circle(
        in dependencies: [String: [String]]
    ) -> (task: String, dependencies: [String])? {
        var waiting = dependencies.filter { !$0.value.isEmpty }.mapValues { Set($0) }
        var followers: [String: [String]] = [:]
        for (task, wanted) in waiting {
            for name in wanted { followers[name, default: []].append(task) }
        }
        var ready = followers.keys.filter { waiting[$0] == nil }
        while let name = ready.popLast() {
            for task in followers[name] ?? [] {
                waiting[task]?.remove(name)
                guard waiting[task]?.isEmpty == true else { continue }
                waiting[task] = nil
                ready.append(task)
            }
        }
        return waiting.min { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }
}
