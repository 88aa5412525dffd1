// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform

/// A cluster's API server as far as stores ask it, and the tokens of its service accounts.
package final class ServiceAccounts: Sendable {
    private let directory: TemporaryDirectory
    private let input: SharedDescriptor
    private let server: ChildProcess
    private let port: String
    /// What its tokens are checked with, PEM.
    package let publicKey: String

    package init() throws {
        directory = try TemporaryDirectory()
        let (key, publicFile) = (directory.path("key"), directory.path("public"))
        for arguments in [
            ["genrsa", "-out", key, "2048"], ["rsa", "-in", key, "-pubout", "-out", publicFile],
        ] {
            _ = try Command(["openssl"] + arguments).run()
        }
        publicKey = try directory.read("public")
        try directory.write("", to: "signatures")
        let pipe = try Pipe()
        server = try ChildProcess(
            [
                "python3", "\(Checkout.root)/Tests/TestSupport/servers/kubernetes.py",
                directory.path,
            ],
            input: pipe.reader.descriptor.number
        )
        input = pipe.writer
        var port = ""
        for _ in 0..<500 where port.isEmpty {
            port = (try? directory.read("port")) ?? ""
            if port.isEmpty { SystemThread.sleep(nanoseconds: 20_000_000) }
        }
        self.port = port
    }

    /// A token that the API server knows.
    ///
    /// It is good from `start` to `end`, seconds since 1970.
    package func token(
        of name: String,
        in namespace: String,
        from start: Int = 1_700_000_000,
        until end: Int = 4_102_444_800
    ) throws -> String {
        let claims = """
            {"iss": "test", "aud": ["vault"], "exp": \(end), "iat": \(start), "nbf": \(start),
             "sub": "system:serviceaccount:\(namespace):\(name)",
             "kubernetes.io": {"namespace": "\(namespace)",
              "serviceaccount": {"name": "\(name)", "uid": "uid-of-\(name)"}}}
            """
        let outcome = try Command([
            "\(Checkout.root)/Tests/TestSupport/servers/mint-jwt", directory.path("key"), claims,
        ]).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "mint-jwt: \(outcome)") }
        let signature = outcome.output.split(separator: ".").last.map(String.init) ?? ""
        let known = try directory.read("signatures")
        try directory.write(known + signature + "\n", to: "signatures")
        return outcome.output
    }

    /// The body of `auth/MOUNT/config`.
    package func kubernetesConfiguration() throws -> String {
        let authority = try TestAuthority()
        let json = JSONValue.object([
            "kubernetes_host": .string("http://127.0.0.1:\(port)"),
            "token_reviewer_jwt": .string("reviewer"), "disable_local_ca_jwt": .bool(true),
            "kubernetes_ca_cert": .string(try authority.directory.read("ca.pem")),
        ])
        return String(decoding: json.serialize(), as: UTF8.self)
    }
}
