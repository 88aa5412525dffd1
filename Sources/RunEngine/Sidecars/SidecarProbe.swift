// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// How to tell that a sidecar is ready, or has started: Kubernetes' `Probe`.
///
/// Source: `Probe` of core/v1, with its defaults.
struct SidecarProbe: Sendable, Equatable {
    enum Action: Sendable, Equatable {
        /// A command in the sidecar's world; ready when it exits with 0.
        case command([String])
        /// A GET of 127.0.0.1; ready when the status is from 200 to 399.
        case httpGet(port: UInt16, path: String, headers: [String])
        /// Ready when a connection to 127.0.0.1 is accepted.
        case connection(port: UInt16)
    }

    var action: Action
    var initialDelay: Duration
    var period: Duration
    var timeout: Duration
    var successThreshold: Int
    var failureThreshold: Int

    /// Why a probe cannot be had on a host, and on which of its fields.
    struct Refusal: Error, Equatable {
        var field: String
        var message: String
    }

    /// Reads the definition of a probe; `ports` are the sidecar's own, for names.
    init(_ probe: JSONValue, ports: [JSONValue]) throws(Refusal) {
        if let command = probe["exec"]?["command"]?.array {
            action = .command(command.compactMap(\.string))
        } else if let get = probe["httpGet"] {
            action = try Self.httpGet(get, ports)
        } else if let socket = probe["tcpSocket"] {
            let port = try Self.port(socket, "tcpSocket", ports)
            action = .connection(port: port)
        } else {
            let kind = probe.object?.keys.contains("grpc") == true ? "grpc" : ""
            throw Refusal(
                field: kind,
                message: kind.isEmpty
                    ? "the probe says neither `exec` nor `httpGet` nor `tcpSocket`"
                    : "`grpc` probes cannot be had on a host"
            )
        }
        initialDelay = .seconds(Self.number(probe, "initialDelaySeconds") ?? 0)
        period = .seconds(max(1, Self.number(probe, "periodSeconds") ?? 10))
        timeout = .seconds(max(1, Self.number(probe, "timeoutSeconds") ?? 1))
        successThreshold = max(1, Self.number(probe, "successThreshold") ?? 1)
        failureThreshold = max(1, Self.number(probe, "failureThreshold") ?? 3)
    }

    private static func httpGet(
        _ get: JSONValue,
        _ ports: [JSONValue]
    ) throws(Refusal) -> Action {
        let port = try port(get, "httpGet", ports)
        if let scheme = get["scheme"]?.string, scheme.uppercased() != "HTTP" {
            throw Refusal(field: "httpGet.scheme", message: "only `HTTP` can be probed on a host")
        }
        var headers: [String] = []
        for header in get["httpHeaders"]?.array ?? [] {
            headers.append("\(header["name"]?.string ?? ""): \(header["value"]?.string ?? "")")
        }
        let path = get["path"]?.string ?? "/"
        let texts = [path] + headers
        if texts.contains(where: { $0.utf8.contains { $0 < 0x20 || $0 == 0x7f } }) {
            throw Refusal(field: "httpGet", message: "a control character stands in the request")
        }
        return .httpGet(port: port, path: path.hasPrefix("/") ? path : "/" + path, headers: headers)
    }

    private static func port(
        _ action: JSONValue,
        _ kind: String,
        _ ports: [JSONValue]
    ) throws(Refusal) -> UInt16 {
        if let host = action["host"]?.string, !["", "127.0.0.1", "localhost"].contains(host) {
            throw Refusal(
                field: "\(kind).host",
                message: "a sidecar is probed on 127.0.0.1 alone, not on `\(host)`"
            )
        }
        var text = ""
        if case .number(let number)? = action["port"] { text = number }
        if let name = action["port"]?.string {
            let named = ports.first { $0["name"]?.string == name }
            if case .number(let number)? = named?["containerPort"] {
                text = number
            } else {
                text = name
            }
        }
        guard let port = UInt16(text), port > 0 else {
            throw Refusal(field: "\(kind).port", message: "the sidecar has no port `\(text)`")
        }
        return port
    }

    private static func number(_ probe: JSONValue, _ field: String) -> Int? {
        if case .number(let text)? = probe[field] { Int(text) } else { nil }
    }
}
