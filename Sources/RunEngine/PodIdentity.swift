// SPDX-License-Identifier: Apache-2.0

/// What the steps of a TaskRun would see as their pod.
struct PodIdentity: Sendable {
    /// `<taskRun>-pod`, as Tekton names it.
    var name: String
    var namespace: String
    var uid: String
    var serviceAccount: String
    var labels: [String: String]
    var annotations: [String: String]

    /// A field of the downward API; `nil` for one that a host cannot answer.
    func value(ofField path: String) -> String? {
        switch path {
        case "metadata.name": name
        case "metadata.namespace": namespace
        case "metadata.uid": uid
        case "metadata.labels": PodIdentity.lines(labels)
        case "metadata.annotations": PodIdentity.lines(annotations)
        case "spec.serviceAccountName": serviceAccount
        case "spec.nodeName": "localhost"
        case "status.hostIP", "status.podIP", "status.hostIPs", "status.podIPs": "127.0.0.1"
        default: subscripted(path)
        }
    }

    /// `metadata.labels['key']` and `metadata.annotations['key']`; a missing key is empty.
    private func subscripted(_ path: String) -> String? {
        for (prefix, values) in [
            ("metadata.labels['", labels), ("metadata.annotations['", annotations),
        ]
        where path.hasPrefix(prefix) && path.hasSuffix("']") {
            return values[String(path.dropFirst(prefix.count).dropLast(2))] ?? ""
        }
        return nil
    }

    private static func lines(_ values: [String: String]) -> String {
        values.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
            .joined(separator: "\n")
    }
}
