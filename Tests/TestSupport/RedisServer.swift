// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// A real Redis on loopback, in which a store can make users.
package final class RedisServer: Sendable {
    package let port: Int
    package let password = "redis-of-the-test"
    private let directory: TemporaryDirectory
    private let server: ChildProcess
    private let input: SharedDescriptor

    package init() throws {
        directory = try TemporaryDirectory()
        let port = Int.random(in: 30_001..<32_000)
        self.port = port
        let script = """
            cd \(directory.path)
            setpriv --pdeathsig KILL redis-server --bind 127.0.0.1 --port \(port) --requirepass \(password) --save '' >log 2>&1 &
            read -r _
            kill -KILL $!
            """
        let pipe = try Pipe()
        server = try ChildProcess(["sh", "-c", script], input: pipe.reader.descriptor.number)
        input = pipe.writer
        for _ in 0..<100 {
            if (try? users()) != nil { return }
            SystemThread.sleep(nanoseconds: 50_000_000)
        }
        throw CommandFailure(description: "redis-server does not start")
    }

    /// The names of its users.
    package func users() throws -> [String] {
        let outcome = try Command([
            "redis-cli", "-p", "\(port)", "-a", password, "--no-auth-warning", "ACL", "USERS",
        ]).run(limit: .seconds(10))
        if outcome.exitCode != 0 { throw CommandFailure(description: "redis-cli: \(outcome)") }
        return outcome.output.split(separator: "\n").map(String.init).sorted()
    }
}
