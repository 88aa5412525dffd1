// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Where a Task, Pipeline or StepAction was fetched from, as Tekton's `provenance.refSource`.
package struct RefSource: Sendable, Hashable {
    package var uri: String
    /// By algorithm, hexadecimal.
    package var digests: [String: String]
    /// The file within the source; empty where the source is the file.
    package var entryPoint: String

    package init(uri: String, digests: [String: String], entryPoint: String = "") {
        self.uri = uri
        self.digests = digests
        self.entryPoint = entryPoint
    }

    /// The `provenance` of a status.
    package var provenance: JSONValue {
        var members: [String: JSONValue] = [
            "uri": .string(uri), "digest": .object(digests.mapValues { .string($0) }),
        ]
        if !entryPoint.isEmpty { members["entryPoint"] = .string(entryPoint) }
        return .object(["refSource": .object(members)])
    }
}
