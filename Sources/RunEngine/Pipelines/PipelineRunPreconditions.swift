// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// What Tekton's controller checks of a PipelineRun's params and workspaces before it makes a TaskRun.
///
/// Source: `reconcile` in the controller's PipelineRun reconciler.
struct PipelineRunPreconditions {
    var pipeline: PipelineSpec
    var definition: PipelineRunDefinition
    var pipelineName: String

    /// The first breach, in the controller's order.
    var refusal: Condition? {
        let run = "PipelineRun \(definition.metadata.namespace)/\(definition.metadata.name)"
        let pipeline = "Pipeline \(definition.metadata.namespace)/\(pipelineName)"
        if let problem = missingParams {
            return refused(
                "ParameterMissing",
                "\(run) is missing some parameters required by \(pipeline): \(problem)"
            )
        }
        if let problem = mistypedParams {
            return refused(
                "ParameterTypeMismatch",
                "\(run) parameters have mismatching types with \(pipeline)'s parameters: \(problem)"
            )
        }
        if let problem = ParamValueChecks.choices(definition.spec.params, self.pipeline.params) {
            return refused(
                "InvalidParamValue",
                "\(run) parameters have invalid value: \(problem)"
            )
        }
        if let keys = ParamValueChecks.missingKeys(self.pipeline.params, definition.spec.params) {
            return refused(
                "ObjectParameterMissKeys",
                "\(run) parameters is missing object keys required by \(pipeline)'s parameters: "
                    + "pipelineRun missing object keys for parameters: \(keys)"
            )
        }
        if let problem = indexProblem {
            return refused(
                "ParamArrayIndexingInvalid",
                "\(run) failed validation: failed to validate \(pipeline)'s parameter which has an "
                    + "invalid index while referring to an array: \(problem)"
            )
        }
        return workspaceRefusal(run, pipeline)
    }

    private func workspaceRefusal(_ run: String, _ pipeline: String) -> Condition? {
        let bound = Set(definition.spec.workspaces.map(\.name))
        let open = self.pipeline.workspaces.first { !$0.isOptional && !bound.contains($0.name) }
        if let open {
            return refused(
                "InvalidWorkspaceBindings",
                "\(run) doesn't bind \(pipeline)'s Workspaces correctly: pipeline requires workspace "
                    + "with name \"\(open.name)\" be provided by pipelinerun"
            )
        }
        let names = Set((self.pipeline.tasks + self.pipeline.finally).map(\.name))
        let stray = definition.spec.taskRunSpecs.first { !names.contains($0.pipelineTaskName) }
        guard let stray else { return nil }
        return refused(
            "InvalidTaskRunSpecs",
            "\(run) doesn't define taskRunSpecs correctly: pipelineRun's taskrunSpecs defined wrong "
                + "taskName: \"\(stray.pipelineTaskName)\", does not exist in Pipeline"
        )
    }

    private func refused(_ reason: String, _ message: String) -> Condition {
        Condition(.failed, reason: reason, message: "[User error] " + message)
    }

    private var missingParams: String? {
        let given = Set(definition.spec.params.map(\.name))
        let missing = pipeline.params.filter { $0.defaultValue == nil && !given.contains($0.name) }
        if missing.isEmpty { return nil }
        return "pipelineRun missing parameters: \(ParamValueChecks.list(missing.map(\.name)))"
    }

    private var mistypedParams: String? {
        let types = Dictionary(pipeline.params.map { ($0.name, $0.type ?? .string) }) { $1 }
        let wrong = definition.spec.params.filter { param in
            types[param.name].map { $0 != param.value.type } ?? false
        }
        if wrong.isEmpty { return nil }
        return "parameters have inconsistent types : \(ParamValueChecks.list(wrong.map(\.name)))"
    }

    /// References such as `$(params.list[7])` beyond the array's end, in what tasks are given.
    private var indexProblem: String? {
        var lengths = Dictionary(
            pipeline.params.filter { $0.type == .array }.map {
                ($0.name, $0.defaultValue?.arrayValue.count ?? 0)
            }
        ) { $1 }
        for param in definition.spec.params where lengths[param.name] != nil {
            lengths[param.name] = param.value.arrayValue.count
        }
        if lengths.isEmpty { return nil }
        var beyond: Set<String> = []
        for task in pipeline.tasks + pipeline.finally {
            for reference in task.paramElements {
                guard let length = lengths[reference.name], reference.index >= length else {
                    continue
                }
                beyond.insert("$(params.\(reference.name)[\(reference.index)])")
            }
        }
        if beyond.isEmpty { return nil }
        return "non-existent param references:\(ParamValueChecks.list(beyond.sorted()))"
    }
}
