// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A task of a pipeline that was not run, as Tekton's `SkippedTask`.
package struct SkippedTask: Sendable, Hashable {
    package var name: String
    package var reason: SkipReason
    /// With references replaced as far as they were; empty where they do not matter.
    package var when: [WhenExpression]

    package init(name: String, reason: SkipReason, when: [WhenExpression] = []) {
        self.name = name
        self.reason = reason
        self.when = when
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "reason": .string(reason.rawValue),
        ]
        if !when.isEmpty { members["whenExpressions"] = .array(when.map(\.json)) }
        return .object(members)
    }
}
