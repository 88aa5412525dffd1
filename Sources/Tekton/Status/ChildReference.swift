// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A run that a PipelineRun made, as Tekton's `ChildStatusReference`.
package struct ChildReference: Sendable, Hashable {
    /// `TaskRun` or `PipelineRun`.
    package var kind: String
    package var name: String
    package var pipelineTaskName: String
    package var displayName: String
    package var when: [WhenExpression]

    package init(
        kind: String,
        name: String,
        pipelineTaskName: String,
        displayName: String = "",
        when: [WhenExpression] = []
    ) {
        self.kind = kind
        self.name = name
        self.pipelineTaskName = pipelineTaskName
        self.displayName = displayName
        self.when = when
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "apiVersion": .string("tekton.dev/v1"), "kind": .string(kind), "name": .string(name),
            "pipelineTaskName": .string(pipelineTaskName),
        ]
        if !displayName.isEmpty { members["displayName"] = .string(displayName) }
        if !when.isEmpty { members["whenExpressions"] = .array(when.map(\.json)) }
        return .object(members)
    }
}
