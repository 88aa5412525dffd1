// SPDX-License-Identifier: Apache-2.0
import Platform

/// Fifty secrets from a real OpenBao over TLS, against one curl that asks for the same fifty in parallel.
///
/// Two figures. What a command takes longer with them than with the same fifty values from a file: loading
/// libcurl, resolving the class, connecting, all requests, taking the answers apart; that is the work that curl's
/// process does from its start to its end. And the whole command, whose start, configuration and needles for the
/// masks curl has nothing to compare with.
enum StoreBenchmark {
    private static let count = 50
    private static let port = 18_340
    private static let token = "root-of-the-benchmark"
    private static var url: String { "https://localhost:\(port)" }

    static func run(in workplace: Workplace) throws -> [Figure] {
        let directory = "\(workplace.directory)/store"
        try Directory.create(directory, permissions: 0o755)
        let program = try install(workplace)
        let authority = "\(directory)/vault-ca.pem"
        let server = try workplace.start([
            program, "server", "-dev", "-dev-root-token-id=\(token)", "-dev-no-store-token",
            "-dev-tls", "-dev-tls-cert-dir=\(directory)", "-dev-listen-address=127.0.0.1:\(port)",
        ])
        try fill(workplace, authority)
        try configure(workplace, authority)
        let file = try workplace.write(classText, to: "store/class.yaml")
        let lines = (0..<count).map {
            "url = \"\(url)/v1/secret/data/s\($0)\"\noutput = \"/dev/null\""
        }
        let list = try workplace.write(lines.joined(separator: "\n") + "\n", to: "store/urls")
        let curl = [
            "curl", "-sS", "-Z", "--fail", "--cacert", authority, "-H", "X-Vault-Token: \(token)",
            "-K", list,
        ]
        let values = (0..<count).map { "\"s\($0)\": \"\(Workload.secret($0))\"" }
        let secrets = try workplace.write("{\(values.joined(separator: ","))}", to: "store/values")
        var (ours, theirs, plain) = (Samples(), Samples(), Samples())
        for _ in 0..<Samples.rounds {
            ours.add(
                try workplace.run([workplace.tacit, "redact", "--class", "bench", "-f", file])
                    .seconds * 1000
            )
            theirs.add(try workplace.run(curl).seconds * 1000)
            plain.add(
                try workplace.run([workplace.tacit, "redact", "--secrets", secrets])
                    .seconds * 1000
            )
        }
        _ = server.wait(limit: .zero)
        return [
            Figure(
                title: "\(count) secrets from OpenBao over TLS, beyond the same from a file",
                unit: .milliseconds,
                measured: ours.median - plain.median,
                reference: ("curl -Z", theirs.median),
                bound: .ratioAtMost(1.2)
            ),
            Figure(
                title: "  the whole command: fetched, parsed, masked and dropped",
                unit: .milliseconds,
                measured: ours.median,
                reference: ("curl -Z", theirs.median),
                bound: .ratioAtMost(1.2)
            ),
        ]
    }

    /// Where the checkout's script puts OpenBao.
    private static func install(_ workplace: Workplace) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        try workplace.run(
            ["/\(root)/sandbox/install-openbao"],
            output: "\(workplace.directory)/store/program"
        )
        let said = try workplace.read("store/program")
        return said.split(separator: "\n").last.map(String.init) ?? ""
    }

    /// Waits for the server, and writes the secrets.
    private static func fill(_ workplace: Workplace, _ authority: String) throws {
        try workplace.waitForFile(authority)
        let curl = ["curl", "-sS", "--fail", "--cacert", authority]
        try workplace.run(
            curl + [
                "--retry", "50", "--retry-delay", "1", "--retry-connrefused", "-o", "/dev/null",
                "\(url)/v1/sys/health",
            ]
        )
        for index in 0..<count {
            try workplace.run(
                curl + [
                    "-H", "X-Vault-Token: \(token)", "-d",
                    "{\"data\": {\"value\": \"\(Workload.secret(index))\"}}",
                    "\(url)/v1/secret/data/s\(index)",
                ]
            )
        }
    }

    private static func configure(_ workplace: Workplace, _ authority: String) throws {
        try Directory.create("\(workplace.directory)/config/tacit", permissions: 0o700)
        let tokenFile = try workplace.write(token, to: "store/token")
        _ = try workplace.write(
            """
            endpoints:
              \(url): {caFile: \(authority)}
            identities:
              "*":
                vault: {endpoints: ["\(url)"], method: token, tokenFile: \(tokenFile)}

            """,
            to: "config/tacit/config.yaml"
        )
    }

    private static var classText: String {
        let objects = (0..<count).map { index in
            "      - {objectName: s\(index), secretPath: secret/data/s\(index), secretKey: value}"
        }
        return """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata:
              name: bench
            spec:
              provider: vault
              parameters:
                vaultAddress: \(url)
                roleName: bench
                objects: |
            \(objects.joined(separator: "\n"))

            """
    }
}
