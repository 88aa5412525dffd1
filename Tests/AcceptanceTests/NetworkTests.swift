// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// What steps reach with each kind of network, by root and by an ordinary user.
@Suite(
    "Networks",
    .enabled(if: OrdinaryUser.isPossible, "worlds need root here"),
    .enabled(if: (try? FileStatus(of: "/usr/bin/slirp4netns")) != nil, "needs slirp4netns")
)
struct NetworkTests {
    /// Who runs `tacit`; `nil` is root.
    static let users: [OrdinaryUser?] = [nil, .withRanges, .alone]

    /// A step that asks what `script` asks, beside a sidecar that listens on 8099.
    private func run(
        _ script: String,
        network: String,
        as user: OrdinaryUser?,
        steps: String = ""
    ) throws -> (outcome: CommandOutcome, log: String) {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                sidecars:
                - name: web
                  image: python
                  command: [python3, -m, http.server, "8099", --bind, 127.0.0.1]
                  readinessProbe: {tcpSocket: {port: 8099}}
                steps:
                - name: s
                  image: bash
                  script: |
            \(script.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n"))
            \(steps)
            """,
            "--network",
            network
        )
        let outcome = try (user?.runs(run.command) ?? run.command).run()
        return (outcome, (try? run.log("t", "s")) ?? "")
    }

    private static let python = """
        python3 - "$@" <<'END'
        import socket, sys
        def reaches(host, port):
            try:
                socket.create_connection((host, port), timeout=2).close()
                return 'reached'
            except OSError as error:
                return error.strerror or str(error)
        """

    @Test(arguments: users)
    func `a private network leads out, to its own loopback, and to nothing that is the host's`(
        user: OrdinaryUser?
    ) throws {
        let host = try Listener(address: "0.0.0.0")
        let inside = try Listener(address: "127.0.0.1")
        let address = try Listener.hostAddress()
        let script =
            NetworkTests.python + """

                print('out', reaches('\(address)', \(host.port)))
                print('sidecar', reaches('127.0.0.1', 8099))
                print('loopback', reaches('127.0.0.1', \(inside.port)))
                print('gateway', reaches('10.0.2.2', \(inside.port)))
                for metadata in ['169.254.169.254', '169.254.170.2', 'fd00:ec2::254', '168.63.129.16',
                                 '::ffff:169.254.169.254']:
                    print(metadata, reaches(metadata, 80))
                END
                ls /sys/class/net | tr '\\n' ' '; grep nameserver /etc/resolv.conf
                """
        let (outcome, log) = try run(script, network: "private", as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        let lines = log.split(separator: "\n").map(String.init)
        #expect(lines.prefix(2) == ["out reached", "sidecar reached"], "\(log)")
        #expect(!lines.dropFirst(2).contains { $0.hasSuffix("reached") }, "\(log)")
        for line in lines where line.contains("169.254") || line.contains("fd00") {
            #expect(line.contains("unreachable") || line.contains("No route"), "\(log)")
        }
        #expect(lines.last == "lo tap0 nameserver 10.0.2.3", "\(log)")
    }

    @Test(arguments: users)
    func `names are resolved by the host's name server`(user: OrdinaryUser?) throws {
        // The query reaches whoever the host asks; only that it is answered, or refused, by someone counts.
        let script =
            NetworkTests.python + """

                query = bytes.fromhex('000101000001000000000000') + b'\\x09localhost\\x00\\x00\\x01\\x00\\x01'
                asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                asked.settimeout(5)
                asked.sendto(query, ('10.0.2.3', 53))
                try: print('answered' if asked.recv(512)[:2] == query[:2] else 'wrong')
                except TimeoutError: print('silent')
                END
                """
        let host = try Command(["getent", "hosts", "deb.debian.org"]).run()
        let (outcome, log) = try run(script, network: "private", as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        if host.exitCode == 0 { #expect(log == "answered\n", "\(log)") }
    }

    @Test(arguments: users)
    func `without a network a task reaches itself alone`(user: OrdinaryUser?) throws {
        let host = try Listener(address: "0.0.0.0")
        let address = try Listener.hostAddress()
        let script =
            NetworkTests.python + """

                print('sidecar', reaches('127.0.0.1', 8099))
                print('out', reaches('\(address)', \(host.port)))
                END
                ls /sys/class/net
                """
        let (outcome, log) = try run(script, network: "none", as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(log == "sidecar reached\nout Network is unreachable\nlo\n")
    }

    @Test(arguments: users)
    func `what a step could alter of its network stays refused`(user: OrdinaryUser?) throws {
        let script = """
            set +e
            ip route del 169.254.0.0/16 2>&1 || ip route del unreachable 169.254.0.0/16 2>&1
            ip link set tap0 down 2>&1; ip route add 169.254.169.254 dev tap0 2>&1
            unshare -Urn ip route add 169.254.169.254 dev lo 2>&1; unshare -Ur ip link set tap0 down 2>&1
            nsenter -t 1 -n true && ip route show type unreachable | wc -l
            """
        let (outcome, log) = try run(script + "; true", network: "private", as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(!log.contains("\n0\n"), "\(log)")
        #expect(log.contains("Operation not permitted"), "\(log)")
    }

    @Test func `its translator ends with the run, however that ends`() async throws {
        let before = try translators()
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec: {taskSpec: {steps: [{name: s, image: bash, env: [{name: M, value: MARKER}], script: sleep 600}]}}
            """,
            "--network",
            "private"
        )
        let running = try run.command.start()
        for _ in 0..<500 where run.processes().isEmpty {
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        #expect(try translators().subtracting(before).count >= 1)
        running.send(.kill)
        _ = running.finish()
        var left = run.processes()
        for _ in 0..<300 where !left.isEmpty {
            SystemThread.sleep(nanoseconds: 10_000_000)
            left = run.processes()
        }
        #expect(left == [])
    }

    private func translators() throws -> Set<String> {
        Set(
            try Directory.names(in: "/proc").filter { pid in
                guard Int(pid) != nil,
                    let bytes = try? FileDescriptor.open("/proc/\(pid)/comm").readToEnd()
                else { return false }
                return String(decoding: bytes, as: UTF8.self) == "slirp4netns\n"
            }
        )
    }
}

/// Something that listens on the host, by python3(1), and accepts whoever comes.
final class Listener: Sendable {
    let port: Int
    private let process: RunningCommand

    init(address: String) throws {
        let directory = try TemporaryDirectory()
        let script = """
            import socket, sys
            server = socket.create_server(('\(address)', 0))
            open('\(directory.path("port.new"))', 'w').write(str(server.getsockname()[1]))
            import os; os.rename('\(directory.path("port.new"))', '\(directory.path("port"))')
            while True: server.accept()
            """
        process = try Command(["python3", "-c", script]).start()
        var text = ""
        for _ in 0..<1000 where text.isEmpty {
            text = (try? directory.read("port")) ?? ""
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        port = Int(text) ?? 0
    }

    deinit { process.send(.kill) }

    /// The address of the host's way out.
    static func hostAddress() throws -> String {
        let script = """
            import socket
            probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            probe.connect(('192.0.2.1', 9)); print(probe.getsockname()[0])
            """
        let found = try Command(["python3", "-c", script]).run()
        return found.output.split(separator: "\n").first.map(String.init) ?? "127.0.0.1"
    }
}
