// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// A hostile step tries its ways out; what bubblewrap refuses with the committed argument list, Tacit refuses.
@Suite(
    "Escapes",
    .enabled(if: OrdinaryUser.isPossible, "needs root"),
    .enabled(if: (try? FileStatus(of: "/usr/bin/bwrap")) != nil, "bubblewrap is not installed")
)
struct EscapeTests {
    static let users: [OrdinaryUser?] = [nil, .withRanges, .alone]

    /// Each succeeds (exit 0) when it gets what it must not have.
    ///
    /// `PID` is a process of the host's, `HOSTFILE` a file that only the host has.
    static let attempts: [(name: String, script: String)] = [
        ("the host's processes in /proc", "test -d /proc/PID && grep -q sleep /proc/PID/comm"),
        ("the host's root through /proc/1/root", "test -e /proc/1/root/HOSTFILE"),
        ("the host's root through any process", "ls /proc/*/root/HOSTFILE"),
        ("the environment of its init", "tr '\\0' '\\n' < /proc/1/environ | grep -q ."),
        ("the command line of the runner", "grep -aqs 'run.yaml' /proc/[0-9]*/cmdline"),
        (
            "ptrace of its init",
            "python3 -c \"import ctypes,sys; sys.exit(ctypes.CDLL(None).ptrace(16,1,0,0)&0xff)\""
        ),
        ("the memory of its init", "dd if=/proc/1/mem bs=1 count=1 skip=4194304"),
        ("a signal to the host", "kill -0 PID && grep -q sleep /proc/PID/comm"),
        ("a signal to every process but its own", "kill -0 -PID"),
        ("mount", "mount -t tmpfs none /mnt"),
        ("a bind mount", "mount --bind /etc /mnt"),
        ("remounting /proc/sys writable", "mount -o remount,rw /proc/sys"),
        ("remounting /sys writable", "mount -o remount,rw /sys"),
        ("umount of what hides", "umount /proc/sys || umount /sys || umount /proc"),
        ("umount by a namespace of its own", "unshare -Urm umount /proc/sys"),
        ("remount by a namespace of its own", "unshare -Urm mount -o remount,bind,rw /proc/sys"),
        ("pivot_root", "cd /tmp && mkdir -p a/b && pivot_root a a/b"),
        ("entering the namespaces of pid 1", "nsenter -t 1 -m -p ls /HOSTFILE"),
        (
            "a chroot escape",
            "python3 -c \"import os; os.mkdir('/tmp/c'); d=os.open('/',0); os.chroot('/tmp/c'); os.fchdir(d); [os.chdir('..') for _ in range(64)]; os.chroot('.'); os.stat('/HOSTFILE')\""
        ),
        (
            "a device node of the disk",
            "mknod /tmp/d b 254 0 && dd if=/tmp/d of=/dev/null bs=512 count=1"
        ),
        (
            "a device node in a workspace",
            "mknod /workspace/d b 254 0 && dd if=/workspace/d of=/dev/null bs=512 count=1"
        ),
        ("kernel memory", "mknod /tmp/m c 1 1 && dd if=/tmp/m of=/dev/null bs=1 count=1"),
        ("raw disks", "ls /dev | grep -qE '^(sd|vd|nvme|dm-|loop|mem$|kmsg$|kvm$|fuse$)'"),
        (
            "descriptors left open",
            "ls -l /proc/self/fd | grep -vE ' [012] -> | 3 -> /proc|total' | grep -q ."
        ),
        (
            "the session's keyring",
            "python3 -c \"import ctypes,sys; sys.exit(0 if ctypes.CDLL(None).syscall(250,0,-3,1)>=0 else 1)\""
        ),
        (
            "adding a key",
            "python3 -c \"import ctypes,sys; sys.exit(0 if ctypes.CDLL(None).syscall(248,b'user',b'x',b'y',1,-4)>=0 else 1)\""
        ),
        ("writing below /proc/sys", "echo 1 > /proc/sys/vm/drop_caches"),
        ("the core pattern", "echo '|/tmp/x %p' > /proc/sys/kernel/core_pattern"),
        ("sysrq", "echo h > /proc/sysrq-trigger"),
        ("writing below /sys", "echo 1 > /sys/kernel/profiling || echo mem > /sys/power/state"),
        ("control groups", "mkdir /sys/fs/cgroup/memory/escape || mkdir /sys/fs/cgroup/escape"),
        (
            "a release agent",
            "unshare -UrmC sh -c 'mount -t cgroup -o memory none /mnt && mkdir /mnt/x'"
        ),
        ("kernel messages", "dmesg"),
        ("the kernel's core", "head -c 1 /proc/kcore | grep -q ."),
        (
            "BPF",
            "python3 -c \"import ctypes,sys; sys.exit(0 if ctypes.CDLL(None).syscall(321,0,ctypes.create_string_buffer(128),72)>=0 else 1)\""
        ),
        (
            "io_uring",
            "python3 -c \"import ctypes,sys; sys.exit(0 if ctypes.CDLL(None).syscall(425,4,ctypes.create_string_buffer(128))>=0 else 1)\""
        ),
        (
            "file handles",
            "python3 -c \"import ctypes,sys; c=ctypes.CDLL(None,use_errno=True); c.syscall(304,-100,ctypes.create_string_buffer(64),0); sys.exit(0 if ctypes.get_errno() not in (1,) else 1)\""
        ),
        (
            "loading a module",
            "python3 -c \"import ctypes,sys; c=ctypes.CDLL(None,use_errno=True); c.syscall(175,0,0,b''); sys.exit(0 if ctypes.get_errno() not in (1,) else 1)\""
        ),
        ("the host's sockets in /run", "test -S /run/docker.sock || ls -A /run | grep -q ."),
        ("homes of users", "ls -A /root /home | grep -vE '^/|^$' | grep -q ."),
        (
            "the overlay's layers",
            "ls /step /mask /host /skeleton /tasks /secrets /fixtures 2>/dev/null | grep -q ."
        ),
        ("Tacit's state", "ls -A /var/lib/tacit | grep -q ."),
        ("the host's clock", "date -s '2001-01-01'"),
        ("the host's name", "hostname escaped && test \"$(nsenter -t 1 -u hostname)\" = hidden"),
        (
            "raw sockets on the host's network",
            "python3 -c \"import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)\""
        ),
        ("the host's interfaces", "ip link set lo down"),
        ("a set-uid program on the host", "cp /bin/sh HOSTDIR/sh && chmod 4755 HOSTDIR/sh"),
    ]

    private static func script(_ sleeper: Int32, _ file: String) -> String {
        var lines = [
            "cd /", "try() { timeout 5 bash -s >/dev/null 2>&1 && echo $1; }",
        ]
        for (index, attempt) in attempts.enumerated() {
            let body = attempt.script.replacing("HOSTFILE", with: String(file.dropFirst()))
                .replacing("HOSTDIR", with: String(file.prefix { $0 != "." }) + "-none")
                .replacing("PID", with: "\(sleeper)")
            lines.append("try \(index) <<'END'\n\(body)\nEND")
        }
        return (lines + ["echo done"]).joined(separator: "\n")
    }

    /// What succeeded under bubblewrap.
    private func underBubblewrap(_ script: String) throws -> Set<Int> {
        let list = try FileDescriptor.open(
            "\(Checkout.root)/Tests/SandboxTests/bubblewrap.arguments"
        )
        let lines = String(decoding: try list.readToEnd(), as: UTF8.self).split(separator: "\n")
        let command = Command(["bwrap"] + lines.map(String.init) + ["bash", "-c", script])
        let outcome = try command.run()
        #expect(outcome.output.hasSuffix("done\n"), "\(outcome)")
        return Set(outcome.output.split(separator: "\n").compactMap { Int($0) })
    }

    @Test(arguments: users)
    func `nothing that bubblewrap refuses succeeds`(user: OrdinaryUser?) throws {
        let sleeper = try Command(["sleep", "300"]).start()
        defer { sleeper.send(.kill) }
        let secret = try TemporaryDirectory(in: "/root")
        let file = try secret.write("x", to: "host.file")
        let script = EscapeTests.script(sleeper.identifier, file)
        let allowed = try underBubblewrap(script)
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                steps:
                - name: s
                  image: bash
                  script: |
                    #!/bin/bash
            \(script.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n"))
            """
        )
        let outcome = try (user?.runs(run.command) ?? run.command).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let log = try run.log("t", "s")
        #expect(log.hasSuffix("done\n"))
        let succeeded = Set(log.split(separator: "\n").compactMap { Int($0) })
        let beyond = succeeded.subtracting(allowed).sorted().map { EscapeTests.attempts[$0].name }
        #expect(
            beyond == [],
            "bubblewrap allows \(allowed.sorted().map { EscapeTests.attempts[$0].name })"
        )
    }

    @Test(arguments: users)
    func `a step cannot see another step's secrets, nor hold up those who ask for them`(
        user: OrdinaryUser?
    ) throws {
        let canary = "kanarienvogel-\(try RandomBytes.system.hexadecimal(byteCount: 6))"
        let run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: one}
            stringData: {token: \(canary)}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: two}
            stringData: {token: other-\(canary)}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                volumes:
                - {name: one, secret: {secretName: one}}
                - {name: two, secret: {secretName: two}}
                steps:
                - name: owner
                  image: bash
                  volumeMounts: [{name: one, mountPath: /mnt/secrets}]
                  script: "wc -c < /mnt/secrets/token"
                - name: thief
                  image: bash
                  volumeMounts: [{name: two, mountPath: /mnt/two}]
                  script: |
                    #!/bin/bash
                    ls /mnt/two/.. /mnt/two/../../.. 2>/dev/null | grep -c secrets
                    k=kanarien; grep -rqs "${k}\(canary.dropFirst(8))" /tekton /workspace /mnt/secrets /tmp /run /dev/shm && echo found
                    # A storm of requests: opens, lookups of what is not there, and readers that go away.
                    for i in $(seq 40); do
                      ( for j in $(seq 50); do cat /mnt/two/token /mnt/two/no-$j; done >/dev/null 2>&1 ) &
                    done
                    for i in $(seq 20); do timeout 0.01 cat /mnt/two/token >/dev/null & done
                    wait
                    echo stormed
                - name: last
                  image: bash
                  volumeMounts: [{name: one, mountPath: /mnt/secrets}]
                  script: "wc -c < /mnt/secrets/token"
            """
        )
        let outcome = try (user?.runs(run.command) ?? run.command).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let size = "\(canary.utf8.count)\n"
        #expect(try run.log("t", "owner") == size)
        #expect(try run.log("t", "thief") == "0\nstormed\n")
        #expect(try run.log("t", "last") == size)
        #expect(try run.leaks(of: canary, in: outcome) == [])
    }

    @Test(arguments: users)
    func `links that a step plants lead the runner nowhere`(user: OrdinaryUser?) throws {
        let victim = try TemporaryDirectory()
        let file = try victim.write("untouched", to: "victim")
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                results: [{name: r}, {name: q}]
                steps:
                - name: s
                  image: bash
                  results: [{name: own}]
                  script: |
                    ln -s \(file) $(results.r.path); ln -s /proc/self/environ $(results.q.path)
                    ln -s /etc/shadow $(step.results.own.path)
                    rm -rf /tekton/run/0/status; ln -s \(victim.path) /tekton/run/0/status || true
                    ln -s \(victim.path) /workspace/out; mkfifo /tekton/results/pipe
                - {name: later, image: bash, script: "echo later"}
            """,
            "-o",
            "json"
        )
        let outcome = try (user?.runs(run.command) ?? run.command).run()
        #expect(
            !outcome.output.contains("untouched") && !outcome.output.contains("root:"),
            "\(outcome)"
        )
        #expect(!outcome.output.contains("PATH="))
        #expect(try Directory.names(in: victim.path) == ["victim"])
        #expect(try victim.read("victim") == "untouched")
    }
}
