// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// Reads the results that a Task and its steps declare, and their artifacts.
struct ResultReader {
    var tree: TaskTree
    var spec: TaskSpec

    /// What stands there after the step at `index` has ended.
    ///
    /// A Task result whose `value` refers to a result of this step takes it.
    func results(of step: StepDefinition, at index: Int) -> StepResults {
        var results = StepResults()
        for declaration in spec.results.sorted(by: { $0.name < $1.name }) {
            guard let bytes = read("results/\(declaration.name)") else { continue }
            let value = ResultValue(
                name: declaration.name,
                bytes: bytes,
                declaredType: declaration.type ?? .string
            )
            results.task.append(value)
            results.entries.append(.init(key: declaration.name, bytes: bytes, type: .taskResult))
        }
        for declaration in step.results.sorted(by: { $0.name < $1.name }) {
            let path = "run/\(index)/status/results/\(declaration.name)"
            guard let bytes = read(path) else { continue }
            let value = ResultValue(
                name: declaration.name,
                bytes: bytes,
                declaredType: declaration.type ?? .string
            )
            results.step.append(value)
            results.entries.append(.init(key: declaration.name, bytes: bytes, type: .stepResult))
            results.task += promotions(of: value, from: step)
        }
        readArtifacts(of: step, at: index, into: &results)
        return results
    }

    /// What the step and the Task tell of their artifacts; a text that is none tells of nothing.
    private func readArtifacts(
        of step: StepDefinition,
        at index: Int,
        into results: inout StepResults
    ) {
        if let bytes = read("run/\(index)/status/artifacts/provenance.json") {
            results.stepArtifacts = Artifacts(bytes) ?? Artifacts()
            let directory = "\(TektonPath.steps)/\(step.containerName(at: index))/artifacts"
            let key = "\(directory)/provenance.json"
            results.entries.append(.init(key: key, bytes: bytes, type: .stepArtifacts))
        }
        if let bytes = read("artifacts/provenance.json") {
            results.taskArtifacts = Artifacts(bytes) ?? Artifacts()
            let key = "\(TektonPath.artifacts)/provenance.json"
            results.entries.append(.init(key: key, bytes: bytes, type: .taskArtifacts))
        }
    }

    private func read(_ path: String) -> [UInt8]? {
        tree.readResult(path, limit: TerminationMessage.byteLimit)
    }

    /// `results: [{name: t, value: $(steps.one.results.r)}]`.
    private func promotions(of value: ResultValue, from step: StepDefinition) -> [ResultValue] {
        let reference = "$(steps.\(step.name).results.\(value.name)"
        return spec.results.compactMap { declaration in
            let text = declaration.value?.stringValue ?? ""
            guard text == reference + ")" || text == reference + "[*])" else { return nil }
            return ResultValue(name: declaration.name, value: value.value)
        }
    }
}
