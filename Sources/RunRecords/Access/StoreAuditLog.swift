// SPDX-License-Identifier: Apache-2.0
internal import JSON
package import Platform

/// The audit log of a Vault or OpenBao server (a `file` device), joined by request id.
///
/// Source: OpenBao's and Vault's audit format, one JSON object a request and one a response.
package struct StoreAuditLog: Sendable {
    /// A login, or a read, as the store saw it.
    package struct Request: Sendable, Hashable {
        package var identifier: String
        package var time: String
        package var operation: String
        package var path: String
        package var namespace: String
        /// Where it came from.
        package var address: String
        /// What the store calls whoever asked.
        package var displayName: String
        /// The login's own facts (`role_name`, `service_account_name`), sorted: `name=value`.
        package var metadata: [String]
        package var policies: [String]
        /// Empty when it was granted.
        package var error: String
    }

    /// The requests that were asked for, by their ids.
    package private(set) var requests: [String: Request] = [:]
    /// How many lines could not be made sense of.
    package private(set) var unreadableLineCount = 0
    /// The login behind a request, by the keyed hash of its token's accessor.
    private var logins: [String: Request] = [:]
    /// The keyed hash of the accessor that a request used, by its id.
    private var accessors: [String: String] = [:]

    /// Reads a log and keeps the requests with those ids, and all logins.
    ///
    /// - Throws: `SystemError` when it cannot be read.
    package init(_ path: String, requests identifiers: Set<String>) throws(SystemError) {
        var lines = EventLines(try FileDescriptor.open(path))
        while let line = try lines.next() {
            guard let record = try? JSONValue.parse(line), let request = record["request"] else {
                unreadableLineCount += 1
                continue
            }
            take(record, request, identifiers)
        }
    }

    /// The login whose token made a request; `nil` when the log does not have it.
    package func login(of request: String) -> Request? {
        accessors[request].flatMap { logins[$0] }
    }

    private mutating func take(
        _ record: JSONValue,
        _ request: JSONValue,
        _ identifiers: Set<String>
    ) {
        let identifier = request["id"]?.string ?? ""
        // The login's answer names the accessor of the token that it made.
        if let made = record["response"]?["auth"], let accessor = made["accessor"]?.string {
            logins[accessor] = Self.request(record, request, by: made)
        }
        guard identifiers.contains(identifier) else { return }
        let auth = record["auth"] ?? .null
        // The response, which comes second, has all that the request had.
        requests[identifier] = Self.request(record, request, by: auth)
        if let accessor = auth["accessor"]?.string ?? request["client_token_accessor"]?.string {
            accessors[identifier] = accessor
        }
    }

    private static func request(
        _ record: JSONValue,
        _ request: JSONValue,
        by auth: JSONValue
    ) -> Request {
        let metadata = auth["metadata"]?.object ?? [:]
        return Request(
            identifier: request["id"]?.string ?? "",
            time: record["time"]?.string ?? "",
            operation: request["operation"]?.string ?? "",
            path: request["path"]?.string ?? "",
            namespace: request["namespace"]?["path"]?.string ?? "",
            address: request["remote_address"]?.string ?? "",
            displayName: auth["display_name"]?.string ?? "",
            metadata: metadata.keys.sorted().compactMap { key in
                metadata[key]?.string.map { "\(key)=\($0)" }
            },
            policies: auth["policies"]?.array?.compactMap(\.string) ?? [],
            error: record["error"]?.string ?? ""
        )
    }
}
