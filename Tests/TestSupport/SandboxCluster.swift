// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The servers of sandbox/cluster, started for one test on ports of its own and stopped with the last
/// holder: a git server and an artefact shelf, both over HTTPS, behind credentials made for this test.
package final class SandboxCluster: Sendable {
    /// Where they keep everything.
    package let directory: TemporaryDirectory
    /// Where git answers; the artefact shelf is at the next port.
    package let port: Int

    /// Starts and seeds them.
    ///
    /// - Throws: `CommandFailure` with what the scripts said.
    package init() throws {
        directory = try TemporaryDirectory()
        // Below the kernel's own ephemeral ports; another test may have taken the first choice.
        var port = 0
        for attempt in 1... {
            port = Int.random(in: 10_000..<15_000) * 2
            do {
                try Self.script("up", directory.path, String(port))
                break
            } catch  where attempt < 5 {
                continue
            }
        }
        self.port = port
        try Self.script("seed", directory.path)
    }

    deinit { try? Self.script("down", directory.path) }

    /// The credentials as `tacit secret import` reads them.
    package var credentials: String { directory.path("credentials.json") }

    /// The documents that describe the sandbox: a ConfigMap with its addresses and its authority.
    package var documents: String { directory.path("cluster.yaml") }

    /// The certificate of its authority.
    package var authority: String { directory.path("tls/ca.crt") }

    /// The secret values, by what stands before them in the credentials: `token`, `password`.
    package func secret(_ key: String) throws -> String {
        let text = try directory.read("credentials.json")
        guard let start = text.firstRange(of: "\"\(key)\": \"")?.upperBound,
            let end = text[start...].firstIndex(of: "\"")
        else { throw CommandFailure(description: "no `\(key)` in \(credentials)") }
        return String(text[start..<end])
    }

    private static func script(_ name: String, _ arguments: String...) throws {
        let outcome = try Command(["\(Checkout.root)/sandbox/cluster/\(name)"] + arguments)
            .run(limit: .seconds(20))
        if outcome.exitCode != 0 {
            throw CommandFailure(description: "sandbox/cluster/\(name): \(outcome)")
        }
    }
}
