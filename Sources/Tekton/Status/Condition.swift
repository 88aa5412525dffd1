// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The condition `Succeeded` of a run, as Knative's `apis.Condition`.
package struct Condition: Sendable, Hashable {
    package enum Status: String, Sendable {
        case succeeded = "True"
        case failed = "False"
        case unknown = "Unknown"
    }

    package var status: Status
    /// One of Tekton's reasons (`Succeeded`, `StepFailed`, `TaskRunTimeout`...).
    package var reason: String
    package var message: String
    /// RFC 3339, UTC, to the second.
    package var lastTransitionTime: String

    package init(
        _ status: Status,
        reason: String,
        message: String,
        lastTransitionTime: String = ""
    ) {
        self.status = status
        self.reason = reason
        self.message = message
        self.lastTransitionTime = lastTransitionTime
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "type": .string("Succeeded"), "status": .string(status.rawValue),
            "reason": .string(reason),
            "message": .string(message),
        ]
        if !lastTransitionTime.isEmpty {
            members["lastTransitionTime"] = .string(lastTransitionTime)
        }
        return .object(members)
    }
}
