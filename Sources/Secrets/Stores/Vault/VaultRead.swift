// SPDX-License-Identifier: Apache-2.0
import JSON

/// One request for secret material: objects that agree in all of it share one answer.
///
/// The providers leave `arguments` out of that comparison, so that two objects which differ in them alone get
/// the first one's answer; here each gets its own.
struct VaultRead: Hashable, Sendable {
    /// Below `/v1/`, without a query.
    var path: String
    /// As written, behind the `?`; empty for none.
    var query: String
    var method: String
    var arguments: [String: JSONValue]

    /// Reads a `secretPath`: `/v1/x`, `v1/x`, `/x` and `x` are the same.
    init(_ object: VaultObject) {
        let parts = object.secretPath.split(
            separator: "?",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        var path = String(parts[0])
        if path.hasPrefix("/") { path.removeFirst() }
        if path.hasPrefix("v1/") { path.removeFirst(3) }
        self.path = path
        query = parts.count > 1 ? String(parts[1]) : ""
        method = object.method
        arguments = object.arguments
    }

    /// Whether asking twice does no harm.
    var isRepeatable: Bool { ["GET", "LIST", "HEAD"].contains(method.uppercased()) }

    /// The capability that a policy must give for it; more than one where any of them will do.
    var capabilities: [String] {
        switch method.uppercased() {
        case "GET", "HEAD": query.contains("list=true") ? ["list"] : ["read"]
        case "LIST": ["list"]
        case "DELETE": ["delete"]
        case "PATCH": ["patch"]
        default: ["update", "create"]
        }
    }

    /// The body of the request; `nil` without arguments.
    var body: [UInt8]? {
        arguments.isEmpty ? nil : Array(JSONValue.object(arguments).serialize())
    }
}
