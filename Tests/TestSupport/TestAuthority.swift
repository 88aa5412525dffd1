// SPDX-License-Identifier: Apache-2.0

/// A certificate authority of one test's own, and what it has signed.
package final class TestAuthority: Sendable {
    /// Holds everything.
    package let directory: TemporaryDirectory

    /// A certificate and its key, PEM files.
    package struct Identity: Sendable {
        package let certificate: String
        package let key: String
    }

    package init() throws {
        directory = try TemporaryDirectory()
        try openssl(
            [
                "req", "-x509", "-keyout", directory.path("ca.key"), "-out", certificate, "-subj",
                "/CN=Test authority", "-addext", "basicConstraints=critical,CA:TRUE",
            ]
        )
    }

    /// Its own certificate, PEM.
    package var certificate: String { directory.path("ca.pem") }

    /// Makes a certificate for a server (`DNS:localhost,IP:127.0.0.1`) or, by common name, a client.
    package func sign(_ name: String, alternatives: String = "") throws -> Identity {
        let identity = Identity(
            certificate: directory.path("\(name).pem"),
            key: directory.path("\(name).key")
        )
        let names = alternatives.isEmpty ? [] : ["-addext", "subjectAltName=\(alternatives)"]
        try openssl(
            [
                "req", "-x509", "-keyout", identity.key, "-out", identity.certificate, "-subj",
                "/CN=\(name)", "-CA", certificate, "-CAkey", directory.path("ca.key"), "-addext",
                "basicConstraints=critical,CA:FALSE", "-addext",
                "extendedKeyUsage=serverAuth,clientAuth",
            ] + names
        )
        return identity
    }

    private func openssl(_ arguments: [String]) throws {
        let common = [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
        ]
        let outcome = try Command(["openssl"] + arguments + common).run(limit: .seconds(20))
        if outcome.exitCode != 0 { throw CommandFailure(description: "openssl: \(outcome)") }
    }
}
