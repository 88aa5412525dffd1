// SPDX-License-Identifier: Apache-2.0
package import JSON
internal import Platform

/// A real OpenBao on loopback, in memory, that ends with this object or the test's process.
package final class OpenBao: Sendable {
    /// Holds its log, its certificates and whatever a test puts there.
    package let directory: TemporaryDirectory
    /// Its address: a scheme, a host and a port.
    package let url: String
    /// The authority of its certificate; `nil` for one that speaks plain HTTP.
    package let authority: String?
    /// What may do everything.
    package static let rootToken = "root-of-the-test"

    private let input: SharedDescriptor
    private let child: ChildProcess

    /// One that many tests share, over TLS; each makes mounts, policies and roles of its own in it.
    package static let shared = Result { try OpenBao(isSecure: true) }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - isSecure: whether it speaks TLS, with a certificate for `localhost` and `127.0.0.1`.
    ///   - configuration: more of its configuration, such as audit devices.
    /// - Throws: when it cannot be installed, or does not start.
    package init(isSecure: Bool, configuration: String = "") throws {
        directory = try TemporaryDirectory()
        let installation = try Command(["\(Checkout.root)/sandbox/install-openbao"])
            .run(limit: .seconds(300))
        if installation.exitCode != 0 {
            throw CommandFailure(description: "sandbox/install-openbao: \(installation)")
        }
        let program = installation.output.split(separator: "\n").last.map(String.init) ?? ""
        try directory.write(configuration, to: "more.hcl")
        // It takes the next port too, for its cluster.
        let port = Int.random(in: 10_000..<15_000) * 2
        var options = "-dev-listen-address=127.0.0.1:\(port) -dev-no-store-token"
        if isSecure { options += " -dev-tls -dev-tls-cert-dir=\(directory.path)" }
        if !configuration.isEmpty { options += " -config=\(directory.path("more.hcl"))" }
        let script = """
            cd \(directory.path)
            setpriv --pdeathsig KILL \(program) server -dev -dev-root-token-id=\(Self.rootToken) \(options) >log 2>&1 &
            read -r _
            kill -KILL $!
            """
        let pipe = try Pipe()
        child = try ChildProcess(
            ["sh", "-c", script],
            environment: ["PATH=/usr/bin:/bin", "HOME=\(directory.path)", "SKIP_SETCAP=1"],
            input: pipe.reader.descriptor.number
        )
        input = pipe.writer
        authority = isSecure ? directory.path("vault-ca.pem") : nil
        url = "\(isSecure ? "https" : "http")://localhost:\(port)"
        for _ in 0..<200 {
            if (try? read("sys/health")) != nil { return }
            SystemThread.sleep(nanoseconds: 50_000_000)
        }
        let log = (try? directory.read("log")) ?? ""
        throw CommandFailure(description: "OpenBao does not start: \(log)")
    }

    /// Ends it before its time.
    ///
    /// The write makes its keeper go on, which kills it.
    package func stop() { try? input.descriptor.write("\n") }

    /// Asks as root; `nil` for an empty answer.
    @discardableResult
    package func call(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        headers: [String] = []
    ) throws -> JSONValue? {
        var arguments = [
            "curl", "-sS", "--fail-with-body", "-X", method, "--noproxy", "*", "-H",
            "X-Vault-Token: \(Self.rootToken)",
        ]
        for header in headers { arguments += ["-H", header] }
        if let authority { arguments += ["--cacert", authority] }
        if let body { arguments += ["-d", body] }
        let outcome = try Command(arguments + ["\(url)/v1/\(path)"]).run(limit: .seconds(20))
        if outcome.exitCode != 0 {
            throw CommandFailure(description: "\(method) \(path): \(outcome)")
        }
        return outcome.output.isEmpty ? nil : try JSONValue.parse(Array(outcome.output.utf8))
    }

    /// Writes to a path.
    @discardableResult
    package func write(_ path: String, _ body: String = "{}") throws -> JSONValue? {
        try call("POST", path, body)
    }

    /// Reads a path.
    package func read(_ path: String) throws -> JSONValue? { try call("GET", path) }

    /// Makes a policy from the text of a policy file.
    package func setPolicy(_ name: String, _ text: String) throws {
        let body = JSONValue.object(["policy": .string(text)])
        try write("sys/policies/acl/\(name)", String(decoding: body.serialize(), as: UTF8.self))
    }

    /// Mounts a login method under its own name, where another test has not done so yet.
    package func enableLogin(_ type: String) {
        _ = try? write("sys/auth/\(type)", #"{"type": "\#(type)"}"#)
    }

    /// Makes a token with these policies.
    package func token(policies: [String], ttl: String = "1h") throws -> String {
        let list = policies.map { "\"\($0)\"" }.joined(separator: ",")
        let answer = try write(
            "auth/token/create",
            #"{"policies": [\#(list)], "ttl": "\#(ttl)", "no_default_policy": false}"#
        )
        return try Self.text(answer, "auth", "client_token")
    }

    /// Makes an AppRole, and returns its role id and a secret id.
    package func appRole(
        _ name: String,
        policies: [String],
        options: String = "",
        mount: String = "approle"
    ) throws -> (roleID: String, secretID: String) {
        let list = policies.map { "\"\($0)\"" }.joined(separator: ",")
        try write(
            "auth/\(mount)/role/\(name)",
            #"{"token_policies": [\#(list)], "token_ttl": "20m"\#(options)}"#
        )
        let role = try read("auth/\(mount)/role/\(name)/role-id")
        let secret = try write("auth/\(mount)/role/\(name)/secret-id")
        return (try Self.text(role, "data", "role_id"), try Self.text(secret, "data", "secret_id"))
    }

    /// The text at a path of members.
    package static func text(_ json: JSONValue?, _ path: String...) throws -> String {
        var value = json
        for name in path {
            guard case .object(let members)? = value else { break }
            value = members[name]
        }
        guard case .string(let text)? = value else {
            throw CommandFailure(description: "no text at \(path) of the answer")
        }
        return text
    }
}
