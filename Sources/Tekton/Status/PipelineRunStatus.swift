// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A PipelineRun's `status`, as Tekton's v1 API has it.
package struct PipelineRunStatus: Sendable {
    package var condition: Condition
    /// RFC 3339, UTC, to the second; empty while unknown.
    package var startTime = ""
    package var completionTime = ""
    /// When the first task of `finally` started; empty when none did.
    package var finallyStartTime = ""
    /// In the order in which the Pipeline declares them.
    package var results: [ResultValue] = []
    /// The Pipeline as it was run, params and contexts replaced; `nil` when the run failed before that.
    package var pipelineSpec: PipelineSpec?
    /// In the order of the Pipeline's tasks.
    package var childReferences: [ChildReference] = []
    /// In the order of the Pipeline's tasks.
    package var skippedTasks: [SkippedTask] = []

    package init(condition: Condition) {
        self.condition = condition
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["conditions": .array([condition.json])]
        for (name, time) in [
            ("startTime", startTime), ("completionTime", completionTime),
            ("finallyStartTime", finallyStartTime),
        ] where !time.isEmpty {
            members[name] = .string(time)
        }
        if !results.isEmpty {
            members["results"] = .array(
                results.map { .object(["name": .string($0.name), "value": $0.value.json]) }
            )
        }
        if let pipelineSpec { members["pipelineSpec"] = pipelineSpec.json }
        if !childReferences.isEmpty {
            members["childReferences"] = .array(childReferences.map(\.json))
        }
        if !skippedTasks.isEmpty { members["skippedTasks"] = .array(skippedTasks.map(\.json)) }
        return .object(members)
    }
}
