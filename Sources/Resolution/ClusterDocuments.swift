// SPDX-License-Identifier: Apache-2.0
package import JSON
package import Tekton

/// The documents of the files, for the resolver `cluster`.
package struct ClusterDocuments: Sendable {
    private struct Key: Hashable {
        var kind: String
        var namespace: String
        var name: String
    }

    private var documents: [Key: JSONValue] = [:]

    package init() {}

    /// Adds a Task, Pipeline or StepAction in its own words.
    package mutating func add(
        _ kind: ReferenceRequest.Kind,
        _ name: String,
        in namespace: String,
        _ json: JSONValue
    ) {
        documents[Key(kind: kind.rawValue, namespace: namespace, name: name)] = json
    }

    /// Tekton's resolver `cluster`; the namespace defaults to the run's, for there is no other default here.
    func resolve(_ request: ReferenceRequest) throws(ResolutionError) -> ResolvedSource {
        let kind = request.params["kind"].flatMap { $0.isEmpty ? nil : $0 } ?? "task"
        guard ReferenceRequest.Kind(rawValue: kind) != nil else {
            throw ResolutionError(.reference, "unknown or unsupported resource kind '\(kind)'")
        }
        guard let name = request.params["name"], !name.isEmpty else {
            throw ResolutionError(.reference, "missing required cluster resolver params: name")
        }
        let given = request.params["namespace"] ?? ""
        let namespace = given.isEmpty ? request.namespace : given
        guard let json = documents[Key(kind: kind, namespace: namespace, name: name)] else {
            throw ResolutionError(
                .reference,
                "no \(kind) `\(name)` in namespace `\(namespace)` among the files"
            )
        }
        let bytes = json.serialize()
        let print = try Digest.sha256(of: bytes)
        let version = json["apiVersion"]?.string ?? "tekton.dev/v1"
        return ResolvedSource(
            bytes: bytes,
            name: "\(kind)/\(name)",
            source: RefSource(
                uri: "/apis/\(version)/namespaces/\(namespace)/\(kind)/\(name)@",
                digests: ["sha256": print]
            )
        )
    }
}
