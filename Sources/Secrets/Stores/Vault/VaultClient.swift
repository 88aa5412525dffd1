// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTP

/// Asks one store, in one namespace.
struct VaultClient: Sendable {
    let http: HTTPClient
    let target: VaultTarget
    /// For one request and all its tries.
    let deadline: Duration

    /// One request.
    struct Call: Sendable {
        var method = "GET"
        /// Below `/v1/`, as people write it.
        var path: String
        var query = ""
        var body: HTTPBody?
        var token: SharedLockedBytes?
        /// Whether asking twice does no harm.
        var isRepeatable = true
    }

    /// Sends it; anything but a success is a failure in the store's words.
    func send(_ call: Call) async throws(VaultFailure) -> VaultReply {
        let reply = try await ask(call)
        if (200..<300).contains(reply.status) { return reply }
        throw Self.failure(reply, call)
    }

    /// Sends it; whatever the status.
    private func ask(_ call: Call) async throws(VaultFailure) -> VaultReply {
        if call.path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) {
            throw VaultFailure("`\(call.path)` is no path of a store")
        }
        let query = call.query.isEmpty ? "" : "?" + call.query.percentEncoded(keeping: "=&%+,;:@/?")
        var request = HTTPRequest(
            "\(target.base)/v1/\(call.path.percentEncoded(keeping: "/:@!$&'()*+,;="))\(query)",
            method: call.method
        )
        request.headers = [HTTPHeader("X-Vault-Request", "true")]
        if !target.namespace.isEmpty {
            request.headers.append(HTTPHeader("X-Vault-Namespace", target.namespace))
        }
        if let token = call.token {
            request.headers.append(HTTPHeader("X-Vault-Token", secret: token))
        }
        if let body = call.body {
            request.body = body
            request.headers.append(HTTPHeader("Content-Type", "application/json"))
        }
        request.server = target.server
        request.isRepeatable = call.isRepeatable
        request.deadline = deadline
        do {
            let response = try await http.send(request)
            if (300..<400).contains(response.status) {
                let place = response["Location"].flatMap { StoreAddress(origin: $0)?.text }
                throw VaultFailure(
                    status: response.status,
                    "it sends us elsewhere (\(place ?? "it does not say where")), where no "
                        + "identity is taken",
                    remedy: "name the active server in `endpoints` of your configuration"
                )
            }
            return try VaultReply(response)
        } catch let failure as VaultFailure {
            throw failure
        } catch let error as HTTPError {
            throw VaultFailure(error)
        } catch {
            preconditionFailure("a request fails with its own errors only: \(error)")
        }
    }

    private static func failure(_ reply: VaultReply, _ call: Call) -> VaultFailure {
        let words = reply.errors
        if reply.status == 404 { return missing(reply, call.path, words) }
        var failure = VaultFailure(
            status: reply.status,
            (words.isEmpty ? "it gives no reason" : words) + " (status \(reply.status))"
        )
        if reply.status == 503, words.contains("sealed") {
            failure.remedy = "unseal it: `bao operator unseal` or `vault operator unseal`"
        }
        return failure
    }

    /// A 404 has three bodies: nothing, a warning about the path, or the data of a version that is gone.
    private static func missing(
        _ reply: VaultReply,
        _ path: String,
        _ words: String
    ) -> VaultFailure {
        let metadata = reply.data["metadata"]
        if let metadata {
            let version = metadata["version"]?.integer.map(String.init) ?? "?"
            if case .bool(true)? = metadata["destroyed"] {
                return VaultFailure(
                    status: 404,
                    "version \(version) of `\(path)` is destroyed (status 404)"
                )
            }
            let when = metadata["deletion_time"]?.text ?? ""
            return VaultFailure(
                status: 404,
                "version \(version) of `\(path)` was deleted at \(when) (status 404)",
                remedy: "`bao kv undelete -versions=\(version)` brings it back"
            )
        }
        if let warning = reply.warnings.first {
            let parts = path.split(separator: "/", maxSplits: 1)
            let isVersioned = warning.contains("versioned")
            let other = parts.count == 2 ? "\(parts[0])/data/\(parts[1])" : ""
            return VaultFailure(
                status: 404,
                "\(warning) (status 404)",
                remedy: isVersioned && !other.isEmpty ? "the path is `\(other)`, most likely" : ""
            )
        }
        return VaultFailure(
            status: 404,
            (words.isEmpty ? "there is nothing at `\(path)`" : words) + " (status 404)"
        )
    }
}

extension StoreAddress {
    /// The server in an address that may have a path.
    init?(origin text: String) {
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return nil }
        self.init(parts[0..<3].joined(separator: "/"))
    }
}

extension String {
    /// The bytes that are neither letters, digits, `-._~` nor kept ones, as `%XX`.
    func percentEncoded(keeping kept: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in utf8 {
            let isPlain =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: "~"):
                    true
                default: kept.utf8.contains(byte)
                }
            if isPlain {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
