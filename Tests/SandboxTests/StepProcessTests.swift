// SPDX-License-Identifier: Apache-2.0
import Platform
import Sandbox
import TestSupport
import Testing

/// What a step's main process is given, and how its end is told.
@Suite(.enabled(if: Session.isPossible, "worlds need root"))
struct StepProcessTests {
    @Test func `the environment is exactly what is given`() async throws {
        try await Session.run { session in
            var world = StepWorld()
            world.arguments = [.plain("/usr/bin/env"), .plain("-0")]
            world.environment = [
                .init("B", .plain("two=2\nlines")), .init("A", .plain("")), .init("Ä", .plain("ü")),
            ]
            let finished = try await session.run(world)
            #expect(finished.output == "B=two=2\nlines\0A=\0Ä=ü\0")
        }
    }

    @Test func `arguments arrive byte for byte`() async throws {
        try await Session.run { session in
            var world = Session.world(#"for a; do printf '<%s>' "$a"; done"#)
            world.arguments += ["sh", "", "a b", "\n", "*", "ü"].map { .plain($0) }
            let finished = try await session.run(world)
            #expect(finished.output == "<><a b><\n><*><ü>")
        }
    }

    @Test func `an environment of a mebibyte arrives whole`() async throws {
        try await Session.run { session in
            let value = String(repeating: "x", count: 100_000)
            let finished = try await session.run("printf %s \"$V1$V10\" | wc -c; env | wc -c") {
                for number in 1...10 { $0.environment.append(.init("V\(number)", .plain(value))) }
                for number in 1...5000 {
                    $0.environment.append(.init("S\(number)", .plain("small")))
                }
            }
            let counts = finished.output.split(separator: "\n").compactMap {
                Int($0.trimmingSpaces)
            }
            #expect(counts.first == 200_000)
            #expect((counts.last ?? 0) > 1_050_000)
        }
    }

    @Test func `an environment that the kernel refuses is an outcome of the step`() async throws {
        try await Session.run { session in
            let value = String(repeating: "x", count: 200_000)
            let finished = try await session.run("true") {
                $0.environment.append(.init("TOO_LONG", .plain(value)))
            }
            let code = Errno.argumentsTooLong
            #expect(finished.exit == .notExecuted(SystemError("execve", on: "sh", code)))
        }
    }

    @Test func `more than the launcher takes is refused and the launcher lives on`() async throws {
        try await Session.run { session in
            let value = String(repeating: "x", count: 17 << 20)
            let error = await #expect(throws: SandboxError.self) {
                try await session.run("true") { $0.environment.append(.init("V", .plain(value))) }
            }
            #expect(error?.cause.code == .argumentsTooLong)
            let next = try await session.run("exit 3")
            #expect(next.exit == .exited(code: 3))
        }
    }

    @Test func `directory, umask, input, descriptors, session and signals are a fresh process's`()
        async throws
    {
        try await Session.run { session in
            let finished = try await session.run(
                """
                pwd; umask; readlink /proc/self/fd/0; ls /proc/$$/fd; wc -c < /dev/stdin
                cat /proc/self/status | grep -E '^Sig(Blk|Ign|Cgt)'; cut -d' ' -f5,6 /proc/$$/stat; ulimit -c
                """
            ) { $0.workingDirectory = "/made/on demand" }
            #expect(
                finished.output == """
                    /made/on demand
                    0022
                    /dev/null
                    0
                    1
                    2
                    0
                    SigBlk:\t0000000000000000
                    SigIgn:\t0000000000000000
                    SigCgt:\t0000000000000000
                    2 2
                    0

                    """,
                "\(finished.error)"
            )
        }
    }

    @Test func `the streams are those given`() async throws {
        try await Session.run { session in
            let directory = try TemporaryDirectory()
            let both = try FileDescriptor.open(
                directory.path("both"),
                [.writeOnly, .create, .append]
            )
            let step = try await session.launcher.start(
                Session.world("echo one; echo two >&2"),
                in: session.task,
                output: both,
                error: both
            )
            #expect(await step.wait() == .exited(code: 0))
            #expect(try directory.read("both") == "one\ntwo\n")
        }
    }

    @Test func `a step has a container's capabilities by default`() async throws {
        // CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE SYS_CHROOT
        // MKNOD AUDIT_WRITE SETFCAP
        #expect(try await capabilities { _ in } == sets("00000000a80405fb"))
    }

    @Test func `capabilities are added and dropped by name`() async throws {
        #expect(
            try await capabilities {
                $0.droppedCapabilities = ["ALL"]
                $0.addedCapabilities = ["NET_BIND_SERVICE"]
            } == sets("0000000000000400")
        )
        #expect(
            try await capabilities {
                $0.droppedCapabilities = ["MKNOD"]
                $0.addedCapabilities = ["SYS_PTRACE"]
            } == sets("00000000a00c05fb")
        )
        #expect(try await capabilities { $0.droppedCapabilities = ["ALL"] } == sets(none))
    }

    @Test func `all capabilities are those of Tacit itself`() async throws {
        let own = String(
            decoding: try FileDescriptor.open("/proc/self/status").readToEnd(),
            as: UTF8.self
        )
        let bounding = own.split(separator: "\n").first { $0.hasPrefix("CapBnd:") }
        let given = try await capabilities { $0.addedCapabilities = ["ALL"] }
        #expect(given.contains { $0 == bounding ?? "" })
    }

    @Test func `an unknown capability is refused by name`() async throws {
        try await Session.run { session in
            let error = await #expect(throws: SandboxError.self) {
                try await session.run("true") { $0.addedCapabilities = ["CAP_KILL"] }
            }
            #expect(error?.cause.subject == "the capability CAP_KILL")
        }
    }

    @Test func `another user has no capability and its groups alone`() async throws {
        try await Session.run { session in
            let finished = try await session.run(
                "id -u; id -G; grep CapEff /proc/self/status; touch /etc/x /tmp/x 2>&1; stat -c %u:%g /tmp/x"
            ) {
                $0.user = 1234
                $0.group = 56
                $0.supplementaryGroups = [7, 89]
            }
            #expect(
                finished.output == """
                    1234
                    56 7 89
                    CapEff:\t0000000000000000
                    touch: cannot touch '/etc/x': Permission denied
                    1234:56

                    """
            )
        }
    }

    @Test func `privileges can be regained unless that is forbidden`() async throws {
        try await Session.run { session in
            for isForbidden in [false, true] {
                let finished = try await session.run(
                    "cp /usr/bin/id /tmp/id && chmod 4755 /tmp/id && setpriv --reuid 1000 /tmp/id -u; grep NoNewPrivs /proc/self/status"
                ) {
                    $0.noNewPrivileges = isForbidden
                }
                #expect(
                    finished.output
                        == (isForbidden ? "1000\nNoNewPrivs:\t1\n" : "0\nNoNewPrivs:\t0\n")
                )
            }
        }
    }

    @Test func `a program is looked up in the world's own PATH`() async throws {
        try await Session.run { session in
            try session.task.directory.makeDirectoryBeneath("bin", permissions: 0o755)
            try session.task.directory.writeBeneath(
                "bin/tool",
                Array("#!/bin/sh\necho found".utf8),
                permissions: 0o755
            )
            try session.task.directory.writeBeneath("bin/noexec", [], permissions: 0o644)
            var world = Session.world("")
            world.mounts = [.init(.task("bin"), at: "/opt/bin")]
            world.environment = [.init("PATH", .plain("/no/such:/etc/passwd:/opt/bin:/bin"))]
            for (program, output) in [("tool", "found\n"), ("./../opt/bin/tool", "found\n")] {
                world.arguments = [.plain(program)]
                let finished = try await session.run(world)
                #expect(finished.output == output)
            }
        }
    }

    @Test(arguments: [
        ("missing", Errno.notFound), ("/no/such", .notFound), ("", .notFound),
        ("/opt/bin/orphan", .notFound), ("noexec", .accessDenied),
        ("/opt/bin/noexec", .accessDenied),
        ("/etc", .accessDenied), ("/etc/passwd/x", .notDirectory), ("text", .notExecutable),
    ])
    func `a program that cannot be executed is told apart from one that fails`(
        _ program: String,
        _ code: Errno
    ) async throws {
        try await Session.run { session in
            let tree = session.task
            try tree.directory.makeDirectoryBeneath("bin", permissions: 0o755)
            try tree.directory.writeBeneath(
                "bin/orphan",
                Array("#!/no/such/shell\n".utf8),
                permissions: 0o755
            )
            try tree.directory.writeBeneath("bin/noexec", [], permissions: 0o644)
            try tree.directory.writeBeneath(
                "bin/text",
                Array("echo no shell\n".utf8),
                permissions: 0o755
            )
            var world = StepWorld()
            world.arguments = [.plain(program)]
            world.environment = [.init("PATH", .plain("/opt/bin"))]
            world.mounts = [.init(.task("bin"), at: "/opt/bin")]
            let finished = try await session.run(world)
            #expect(finished.exit == .notExecuted(SystemError("execve", on: program, code)))
        }
    }

    @Test(arguments: [0, 1, 2, 126, 127, 128, 255] as [Int32])
    func `exit codes come back as they are`(_ code: Int32) async throws {
        try await Session.run { session in
            let finished = try await session.run("exit \(code)")
            #expect(finished.exit == .exited(code: code))
        }
    }

    @Test(arguments: [1, 2, 6, 9, 11, 15, 34] as [Int32])
    func `death by a signal is told apart from an exit code`(_ signal: Int32) async throws {
        try await Session.run { session in
            let finished = try await session.run("kill -\(signal) $$; sleep 5")
            #expect(finished.exit == .signalled(signal))
        }
    }

    @Test func `what no program can be given is refused before anything starts`() async throws {
        try await Session.run { session in
            let changes: [@Sendable (inout StepWorld) -> Void] = [
                { $0.arguments = [] },
                { $0.arguments.append(.plain("a\0b")) },
                { $0.environment.append(.init("", .plain("x"))) },
                { $0.environment.append(.init("A=B", .plain("x"))) },
                { $0.environment.append(.init("A\0", .plain("x"))) },
                { $0.environment.append(.init("A", .plain("x\0y"))) },
                { $0.mounts = [.init(.temporary(byteLimit: nil), at: "/")] },
                { $0.mounts = [.init(.temporary(byteLimit: nil), at: "")] },
                { $0.user = .max },
                { $0.group = .max },
                { $0.supplementaryGroups = [1, .max] },
            ]
            for change in changes {
                let error = await #expect(throws: SandboxError.self) {
                    try await session.run("true", change)
                }
                #expect(error?.cause.code == .invalidArgument)
            }
        }
    }

    private let none = "0000000000000000"

    private func capabilities(
        _ change: @Sendable @escaping (inout StepWorld) -> Void
    ) async throws -> [Substring] {
        try await Session.run { session in
            try await session.run("grep ^Cap /proc/self/status", change).output
        }.split(separator: "\n")
    }

    private func sets(_ mask: String) -> [Substring] {
        [
            "CapInh:\t\(none)", "CapPrm:\t\(mask)", "CapEff:\t\(mask)", "CapBnd:\t\(mask)",
            "CapAmb:\t\(none)",
        ]
        .map { Substring($0) }
    }
}
