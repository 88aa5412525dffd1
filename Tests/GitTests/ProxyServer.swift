// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport

/// An http proxy on loopback that lets in one user.
final class ProxyServer: Sendable {
    static let login = "proxy-user:canary-proxy"
    private let directory: TemporaryDirectory
    private let pid: String
    let port: Int

    init() throws {
        directory = try TemporaryDirectory()
        let script = """
            set -eu; cd '\(directory.path)'; touch log
            python3 '\(Checkout.root)/Tests/GitTests/proxy.py' log '\(Self.login)' > port 2> errors &
            echo $! > pid
            for i in $(seq 100); do [ -s port ] && exit 0; sleep 0.05; done; exit 1
            """
        let outcome = try Command(["/bin/bash", "-c", script]).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "\(outcome)") }
        port = Int(try directory.read("port").dropLast()) ?? 0
        pid = String(try directory.read("pid").dropLast())
    }

    deinit { _ = try? Command(["kill", "-9", pid]).run() }

    func requests() throws -> [String] {
        try directory.read("log").split(separator: "\n").map(String.init)
    }
}
