// SPDX-License-Identifier: Apache-2.0
import Platform
import Sandbox
import TestSupport
import Testing

/// What a step sees around it, without mounts of its own.
@Suite(.enabled(if: Session.isPossible, "worlds need root"))
struct WorldTests {
    @Test func `what a step writes to the root is gone with it and never on the host`() async throws
    {
        try await Session.run { session in
            let name = "tacit-test-\(try RandomBytes.system.hexadecimal(byteCount: 8))"
            let places = [
                "/", "/etc/", "/usr/lib/", "/tmp/", "/run/", "/root/", "/dev/shm/", "/var/",
            ]
            let script = places.map { "echo x > \($0)\(name)" }.joined(separator: " && ")
            #expect(try await session.run(script).exit == .exited(code: 0))
            let list = "ls -d " + places.map { $0 + name }.joined(separator: " ") + " 2>/dev/null"
            #expect(try await session.run(list).output == "")
            for place in places {
                #expect(throws: SystemError.self) { try FileStatus(of: place + name) }
            }
        }
    }

    @Test func `a step may change and remove the host's files for itself alone`() async throws {
        try await Session.run { session in
            let before = try FileStatus(of: "/etc/passwd").byteCount
            let finished = try await session.run(
                "echo x >> /etc/passwd && rm /etc/group && rm -r /etc/apt && mv /etc/skel /etc/skel2"
            )
            #expect(finished.exit == .exited(code: 0), "\(finished)")
            #expect(try FileStatus(of: "/etc/passwd").byteCount == before)
            #expect(try FileStatus(of: "/etc/group").kind == .regular)
            #expect(FileStatus.isDirectory("/etc/apt"))
            #expect(FileStatus.isDirectory("/etc/skel"))
        }
    }

    @Test func `homes, temporary files, runtime sockets and mounts of the host are hidden`()
        async throws
    {
        try await Session.run { session in
            let finished = try await session.run("ls -A /home /root /tmp /run /mnt")
            #expect(finished.output == "/home:\n\n/mnt:\n\n/root:\n\n/run:\n\n/tmp:\n")
            #expect(try await session.run("stat -c %a /tmp /root").output == "1777\n700\n")
        }
    }

    @Test func `configured paths are hidden, wherever they are`() async throws {
        let directory = try TemporaryDirectory(in: "/var")
        try directory.write("secret", to: "state/file")
        try directory.write("plain", to: "other")
        try await Session.run(hidden: [directory.path("state"), "/var/no/such/place"]) { session in
            let path = directory.path
            let finished = try await session.run(
                "ls \(path)/state; cat \(path)/other; ls /var/no/such/place"
            )
            #expect(finished == .init(exit: .exited(code: 0), output: "plain", error: ""))
        }
        #expect(throws: SystemError.self) { try FileStatus(of: "/var/no") }
    }

    @Test func `a hidden path must be absolute`() async throws {
        let launcher = try Launcher.fork()
        await #expect(throws: SandboxError.self) {
            try await launcher.configure(hidden: ["var/lib"], overlayByteLimit: nil)
        }
        await launcher.shutDown()
    }

    @Test func `the host's other mounts are there and read-only`() async throws {
        let directory = try HostDirectory()
        try directory.mount("outer")
        try directory.mount("hidden")
        try directory.write("", to: "hidden/file")
        try directory.write("deep", to: "outer/deep/hidden/file")
        try directory.mount("outer/nested")
        try directory.write("in", to: "outer/nested/file")
        let hidden = [directory.path("hidden"), directory.path("outer/deep/hidden")]
        try await Session.run(hidden: hidden) { session in
            let path = directory.path
            let finished = try await session.run(
                "cat \(path)/outer/nested/file; ls \(path)/hidden \(path)/outer/deep/hidden; echo x > \(path)/outer/x"
            )
            #expect(finished.output == "in\(path)/hidden:\n\n\(path)/outer/deep/hidden:\n")
            #expect(finished.error.contains("Read-only file system"))
        }
    }

    @Test func `later mounts of the host stay out of a world, and those it unmounts are no error`()
        async throws
    {
        let directory = try HostDirectory()
        try directory.mount("first")
        // A mount that passes its events on, as a host's mounts usually do.
        try directory.mount("second", isShared: true)
        try await Session.run { session in
            try directory.unmount("first")
            try directory.mount("second/inner")
            let second = directory.path("second")
            let finished = try await session.run(
                "grep -c \(second) /proc/mounts; touch \(second)/inner/x"
            )
            #expect(finished.output == "1\n")
            #expect(finished.error.contains("Read-only file system"))
        }
    }

    @Test func `tools are shown read-only at their place, below a hidden directory too`()
        async throws
    {
        let directory = try TemporaryDirectory()
        try directory.write("#!/bin/sh\necho tool", to: "bin/tool", permissions: 0o755)
        try directory.write("other", to: "other")
        try await Session.run { session in
            let finished = try await session.run(
                "tool; touch \(directory.path)/bin/x; ls \(directory.path)"
            ) {
                $0.toolPaths = [directory.path("bin")]
                $0.environment = [.init("PATH", .plain(directory.path("bin") + ":" + Session.path))]
            }
            #expect(finished.output == "tool\nbin\n")
            #expect(finished.error.contains("Read-only file system"))
        }
    }

    @Test func `layers lie over the host's root, the first on top`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("upper", to: "upper: ,dir/opt/layered/name")
        try directory.write("lower", to: "lower/opt/layered/name")
        try directory.write("kept", to: "lower/opt/layered/kept")
        try await Session.run { session in
            let finished = try await session.run(
                "cat /opt/layered/name /opt/layered/kept /etc/hostname"
            ) {
                $0.layers = [directory.path("upper: ,dir"), directory.path("lower")]
                $0.hostname = "box"
            }
            #expect(finished.output == "upperkeptbox\n")
        }
    }

    @Test func `the hostname is set and resolves, and the resolver's configuration is a file`()
        async throws
    {
        try await Session.run { session in
            let finished = try await session.run(
                "hostname; getent hosts build-pod; cat /etc/hostname; test -f /etc/resolv.conf -a ! -L /etc/resolv.conf"
            ) { $0.hostname = "build-pod" }
            #expect(finished.exit == .exited(code: 0))
            let lines = finished.output.split(separator: "\n")
            #expect(lines.first == "build-pod")
            #expect(lines.last == "build-pod")
            #expect(lines.dropFirst().first?.hasPrefix("127.0.0.1") == true)
        }
        let hostname = try Command(["hostname"]).run().output
        #expect(!hostname.contains("build-pod"))
    }

    @Test func `devices are a container's, and the host's cannot be altered through them`()
        async throws
    {
        try await Session.run { session in
            let finished = try await session.run(
                """
                ls /dev; head -c 4 /dev/zero | od -An -tx1; echo x > /dev/null; echo shm > /dev/shm/x
                chmod 600 /dev/null 2>/dev/null || echo refused
                mknod /tmp/disk b 254 0 && cat /tmp/disk 2>&1 >/dev/null | grep -o 'Permission denied'
                python3 -c 'import pty; pty.openpty()' && echo pty
                """
            )
            #expect(
                finished.output == """
                    fd
                    full
                    null
                    ptmx
                    pts
                    random
                    shm
                    stderr
                    stdin
                    stdout
                    tty
                    urandom
                    zero
                     00 00 00 00
                    refused
                    Permission denied
                    pty

                    """,
                "\(finished.error)"
            )
            #expect(try FileStatus(of: "/dev/null").permissions == 0o666)
        }
    }

    @Test func `a step may add to its own devices' directory, and have things mounted there`()
        async throws
    {
        try await Session.run { session in
            let finished = try await session.run(
                "mkdir /dev/net && echo x > /dev/log && ls /dev/shm /dev/kvm /dev/net"
            ) {
                $0.mounts = [
                    .init(.temporary(byteLimit: nil), at: "/dev/shm"),
                    .init(.temporary(byteLimit: nil), at: "/dev/kvm"),
                ]
            }
            #expect(finished.output == "/dev/kvm:\n\n/dev/net:\n\n/dev/shm:\n", "\(finished)")
            let next = try await session.run("ls -d /dev/net /dev/log")
            #expect(next.output == "")
        }
    }

    @Test(arguments: [
        "echo x > /proc/sys/kernel/core_pattern", "echo x > /proc/sysrq-trigger",
        "echo x > /sys/kernel/mm/ksm/run", "test -s /proc/keys", "test -s /proc/timer_list",
        "head -c 1 /proc/kcore | grep .", "ls /sys/kernel/debug | grep .",
        "mount -t tmpfs x /mnt", "mount -o remount,rw /sys", "umount /proc/sys", "unshare -m true",
        "mount -o remount,dev /", "dmesg",
    ])
    func `what would reach the host's kernel is refused`(_ command: String) async throws {
        try await Session.run { session in
            let finished = try await session.run("if \(command); then echo done; fi")
            #expect(finished.output == "")
        }
    }

    @Test func `a step sees its own processes alone`() async throws {
        try await Session.run { session in
            let finished = try await session.run(
                "ls -d /proc/[0-9]* | wc -l; cat /proc/1/comm; tr '\\0' ' ' < /proc/1/cmdline"
            )
            let lines = finished.output.split(separator: "\n")
            #expect(lines.first == "3" || lines.first == "4")
            #expect(lines.dropFirst().first == "tacit-init")
            #expect(lines.last?.trimmingSpaces == "tacit-launcher")
        }
    }

    @Test func `a step cannot look into its init`() async throws {
        try await Session.run { session in
            let finished = try await session.run(
                "cat /proc/1/environ; readlink /proc/1/fd/*; cat /proc/1/fd/*; cat /proc/1/maps; readlink /proc/1/exe"
            )
            #expect(finished.output == "")
            #expect(finished.exit == .exited(code: 1))
        }
    }

    @Test func `keys, eBPF and the like are refused`() async throws {
        try await Session.run { session in
            // keyctl(KEYCTL_GET_KEYRING_ID, user keyring), bpf, perf_event_open, and an x32 call.
            let script = """
                import ctypes, errno
                libc = ctypes.CDLL(None, use_errno=True)
                import platform
                calls = [250, 321, 298] if platform.machine() == 'x86_64' else [219, 280, 241]
                for call in calls:
                    libc.syscall(call, 0, -4, 0, 0, 0)
                    print(errno.errorcode[ctypes.get_errno()])
                """
            var world = Session.world("")
            world.arguments = ["python3", "-c", script].map { .plain($0) }
            world.addedCapabilities = ["ALL"]
            let finished = try await session.run(world)
            #expect(finished.output == "EPERM\nEPERM\nEPERM\n")
        }
    }

    @Test func `without a network a step has its own loopback alone`() async throws {
        try await Session.run(network: .none) { session in
            let finished = try await session.run(
                "ls /sys/class/net; tail -n +3 /proc/net/dev | wc -l; python3 -c \"import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname()); print('up')\""
            )
            #expect(finished.output.hasSuffix("up\n"), "\(finished)")
            #expect(finished.output.hasPrefix("lo\n1\n"), "\(finished)")
        }
    }

    @Test func `a read-only root takes no writes, its mounts do`() async throws {
        try await Session.run { session in
            let finished = try await session.run(
                "touch /x /tmp/x; touch /scratch/x /dev/shm/x && echo ok"
            ) {
                $0.rootIsReadOnly = true
                $0.mounts = [.init(.temporary(byteLimit: nil), at: "/scratch")]
                $0.workingDirectory = "/made/for/it"
            }
            #expect(finished.output == "ok\n")
            #expect(finished.error.split(separator: "\n").count == 2)
        }
    }

    @Test func `the writable root is limited in size`() async throws {
        try await Session.run(overlayByteLimit: 4 << 20) { session in
            let finished = try await session.run(
                "head -c 8m /dev/zero > /big || head -c 8m /dev/zero > /dev/shm/big"
            )
            #expect(finished.exit == .exited(code: 1))
            #expect(finished.error.contains("No space left"))
        }
    }
}
