// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What became of one sidecar, as Tekton's `SidecarState`.
package struct SidecarState: Sendable, Hashable {
    package var name: String
    package var container: String
    package var image: String
    package var terminated: StepState.Terminated
    /// Whether it ran until the TaskRun's end and was stopped then.
    package var wasStopped: Bool

    package init(
        name: String,
        container: String,
        image: String,
        terminated: StepState.Terminated,
        wasStopped: Bool
    ) {
        self.name = name
        self.container = container
        self.image = image
        self.terminated = terminated
        self.wasStopped = wasStopped
    }

    /// Whether it ended by itself with a failure; one that is stopped counts as completed.
    package var hasFailed: Bool { terminated.exitCode != 0 && !wasStopped }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "container": .string(container), "terminated": terminated.json,
        ]
        // Only an image given by digest has an identity without a registry to ask.
        if image.contains("@sha256:") { members["imageID"] = .string(image) }
        return .object(members)
    }
}
