// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// A server on loopback that answers with what it was asked, or stands before a real one, and goes wrong when
/// a test wants it to (servers/faulty.py).
package final class FaultyServer: Sendable {
    /// Where it keeps its port, the faults and the requests that it got.
    package let directory: TemporaryDirectory
    package let port: Int
    private let isSecure: Bool
    private let input: SharedDescriptor
    /// Killed with this object.
    private let child: ChildProcess

    /// Starts it.
    ///
    /// - Parameters:
    ///   - upstream: the server that it stands before; `nil` answers with the request as JSON.
    ///   - upstreamAuthority: what the upstream's certificate is checked with.
    ///   - identity: its own certificate; `nil` speaks plain HTTP.
    ///   - clientAuthority: whose certificates it asks its clients for.
    /// - Throws: when it does not start.
    package init(
        upstream: String? = nil,
        upstreamAuthority: String? = nil,
        identity: TestAuthority.Identity? = nil,
        clientAuthority: String? = nil
    ) throws {
        directory = try TemporaryDirectory()
        isSecure = identity != nil
        var arguments = [
            "python3", "\(Checkout.root)/Tests/TestSupport/servers/faulty.py", directory.path,
        ]
        let options = [
            ("upstream", upstream), ("upstream-ca", upstreamAuthority),
            ("certificate", identity?.certificate), ("key", identity?.key),
            ("client-ca", clientAuthority),
        ]
        for (name, value) in options {
            if let value { arguments += ["--\(name)", value] }
        }
        // It ends when its standard input does: with this object, or with the test's process.
        let pipe = try Pipe()
        child = try ChildProcess(arguments, input: pipe.reader.descriptor.number)
        input = pipe.writer
        port = try Self.port(in: directory)
    }

    /// Its address: a scheme, a host and a port.
    package var url: String { "\(isSecure ? "https" : "http")://localhost:\(port)" }

    /// What goes wrong from now on: a list of faults in JSON, see servers/faulty.py.
    package func setFaults(_ json: String) throws {
        try directory.write(json, to: "faults.part")
        try Directory.rename(directory.path("faults.part"), to: directory.path("faults.json"))
    }

    /// Every request so far, a JSON object a line.
    package var requests: [String] {
        let text = (try? directory.read("requests.jsonl")) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    private static func port(in directory: TemporaryDirectory) throws -> Int {
        for _ in 0..<1000 {
            if let text = try? directory.read("port"), let port = Int(text) { return port }
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        throw CommandFailure(description: "servers/faulty.py does not start")
    }
}
