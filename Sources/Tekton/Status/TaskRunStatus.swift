// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A TaskRun's `status`, as Tekton's v1 API has it.
package struct TaskRunStatus: Sendable {
    package var condition: Condition
    /// RFC 3339, UTC, to the second; empty while unknown.
    package var startTime: String
    package var completionTime: String
    package var podName: String
    package var steps: [StepState]
    package var sidecars: [SidecarState]
    package var results: [ResultValue]
    /// What the Task and its steps took in and produced; `nil` when it did not come to an end by itself.
    package var artifacts: Artifacts?
    /// Where the Task was fetched from.
    package var source: RefSource?
    /// The Task as it was run, references replaced; `nil` when the run failed before that.
    package var taskSpec: TaskSpec?
    /// The statuses of earlier attempts, oldest first.
    package var retries: [TaskRunStatus]

    package init(condition: Condition) {
        self.condition = condition
        startTime = ""
        completionTime = ""
        podName = ""
        steps = []
        sidecars = []
        results = []
        taskSpec = nil
        retries = []
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "conditions": .array([condition.json]), "podName": .string(podName),
        ]
        if !startTime.isEmpty { members["startTime"] = .string(startTime) }
        if !completionTime.isEmpty { members["completionTime"] = .string(completionTime) }
        if !steps.isEmpty { members["steps"] = .array(steps.map(\.json)) }
        if !sidecars.isEmpty { members["sidecars"] = .array(sidecars.map(\.json)) }
        if !results.isEmpty { members["results"] = .array(results.map(\.json)) }
        if let source { members["provenance"] = source.provenance }
        if let artifacts { members["artifacts"] = artifacts.json }
        if let taskSpec { members["taskSpec"] = taskSpec.json }
        if !retries.isEmpty { members["retriesStatus"] = .array(retries.map(\.json)) }
        return .object(members)
    }
}
