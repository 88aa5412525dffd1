// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What became of one step, as Tekton's `StepState`.
package struct StepState: Sendable, Hashable {
    /// How a step ended, as Kubernetes' `ContainerStateTerminated`.
    package struct Terminated: Sendable, Hashable {
        package var exitCode: Int32
        /// `Completed`, `Error`, or the TaskRun's reason where the TaskRun was ended.
        package var reason: String
        /// RFC 3339, UTC, to the second.
        package var startedAt: String
        package var finishedAt: String
        package var message: String

        package init(
            exitCode: Int32,
            reason: String,
            startedAt: String,
            finishedAt: String,
            message: String = ""
        ) {
            self.exitCode = exitCode
            self.reason = reason
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.message = message
        }

        var json: JSONValue {
            var state: [String: JSONValue] = [
                "exitCode": .integer(exitCode), "reason": .string(reason),
                "startedAt": .string(startedAt), "finishedAt": .string(finishedAt),
            ]
            if !message.isEmpty { state["message"] = .string(message) }
            return .object(state)
        }
    }

    package var name: String
    package var container: String
    package var image: String
    package var terminated: Terminated?
    /// `Completed`, `Continued`, `Error`, `TimeoutExceeded`, `Skipped`, `Cancelled`...
    package var terminationReason: String
    package var results: [ResultValue]
    package var artifacts: Artifacts
    /// Where its StepAction was fetched from.
    package var source: RefSource?

    package init(name: String, container: String, image: String) {
        self.name = name
        self.container = container
        self.image = image
        terminated = nil
        terminationReason = ""
        results = []
        artifacts = Artifacts()
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "container": .string(container),
        ]
        // Only an image given by digest has an identity without a registry to ask.
        if image.contains("@sha256:") { members["imageID"] = .string(image) }
        if let terminated { members["terminated"] = terminated.json }
        if !terminationReason.isEmpty {
            members["terminationReason"] = .string(terminationReason)
        }
        if !results.isEmpty { members["results"] = .array(results.map(\.json)) }
        if let source { members["provenance"] = source.provenance }
        members.merge(artifacts.json.object ?? [:]) { own, _ in own }
        return .object(members)
    }
}
