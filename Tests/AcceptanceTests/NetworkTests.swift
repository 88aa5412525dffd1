// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// What steps reach with each kind of network, by root and by an ordinary user.
@Suite(
    "Networks",
    .enabled(if: OrdinaryUser.isPossible, "worlds need root here"),
    .enabled(if: (try? FileStatus(of: "/usr/bin/slirp4netns")) != nil, "needs slirp4netns"),
    .enabled(if: (try? FileStatus(of: "/usr/bin/pasta")) != nil, "needs pasta")
)
struct NetworkTests {
    /// Who runs `tacit`; `nil` is root.
    static let users: [OrdinaryUser?] = [nil, .withRanges, .alone]

    /// What leads out of a private network.
    enum Translator: String, CaseIterable, Sendable {
        case slirp4netns, pasta

        /// The command on a host that has this one alone.
        func alone(_ command: Command) throws -> Command {
            if self == .slirp4netns { return command }
            var command = command
            // A /usr without the other, in a mount namespace of its own.
            let cover = """
                mount -t tmpfs none /mnt && mkdir /mnt/upper /mnt/work &&
                mount -t overlay none -o lowerdir=/usr,upperdir=/mnt/upper,workdir=/mnt/work /usr &&
                rm /usr/bin/slirp4netns && exec "$@"
                """
            command.arguments = ["unshare", "-m", "sh", "-c", cover, "sh"] + command.arguments
            return command
        }
    }

    static let privateCases: [(user: OrdinaryUser?, translator: Translator)] = users.flatMap {
        user in
        Translator.allCases.map { (user, $0) }
    }

    /// A step that asks what `script` asks, beside a sidecar that listens on 8099.
    private func run(
        _ script: String,
        network: String,
        as user: OrdinaryUser?,
        by translator: Translator = .slirp4netns
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
            """,
            "--network",
            network
        )
        let outcome = try translator.alone(user?.runs(run.command) ?? run.command).run()
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

    @Test(arguments: privateCases)
    func `a private network leads out, to its own loopback, and to nothing that is the host's`(
        user: OrdinaryUser?,
        translator: Translator
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
        let (outcome, log) = try run(script, network: "private", as: user, by: translator)
        #expect(outcome.exitCode == 0, "\(outcome)")
        let lines = log.split(separator: "\n").map(String.init)
        #expect(lines.prefix(2) == ["out reached", "sidecar reached"], "\(log)")
        #expect(!lines.dropFirst(2).contains { $0.hasSuffix("reached") }, "\(log)")
        for line in lines where line.contains("169.254") || line.contains("fd00") {
            #expect(line.contains("unreachable") || line.contains("No route"), "\(log)")
        }
        #expect(lines.last == "lo tap0 nameserver 10.0.2.3", "\(log)")
    }

    @Test(arguments: privateCases)
    func `names are resolved by the host's name server`(
        user: OrdinaryUser?,
        translator: Translator
    ) throws {
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
        let (outcome, log) = try run(script, network: "private", as: user, by: translator)
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

    @Test(arguments: privateCases)
    func `its translator ends with the run, however that ends`(
        user: OrdinaryUser?,
        translator: Translator
    ) throws {
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
        let running = try translator.alone(user?.runs(run.command) ?? run.command).start()
        for _ in 0..<1000 where run.processes().isEmpty {
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        let own = translators(below: running.identifier)
        #expect(own.count == 1)
        running.send(.kill)
        _ = running.finish()
        var left = own
        for _ in 0..<500 where !left.isEmpty || !run.processes().isEmpty {
            SystemThread.sleep(nanoseconds: 10_000_000)
            left = own.filter { name(of: $0) != nil }
        }
        #expect(left == [])
        #expect(run.processes() == [])
    }

    private func name(of process: String) -> String? {
        guard let bytes = try? FileDescriptor.open("/proc/\(process)/comm").readToEnd() else {
            return nil
        }
        let name = String(decoding: bytes, as: UTF8.self)
        return ["slirp4netns", "pasta", "passt"].contains { name.hasPrefix($0) } ? name : nil
    }

    /// The translators among the children of a process's children.
    private func translators(below process: Int32) -> [String] {
        func children(_ process: String) -> [String] {
            let threads = (try? Directory.names(in: "/proc/\(process)/task")) ?? []
            return threads.flatMap { thread -> [String] in
                let file = "/proc/\(process)/task/\(thread)/children"
                guard let bytes = try? FileDescriptor.open(file).readToEnd() else { return [] }
                return String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
            }
        }
        return children("\(process)").flatMap(children).filter { name(of: $0) != nil }
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
