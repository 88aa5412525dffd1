// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Sandbox
import SecretFS
import Secrets
import TestSupport
import Testing

/// What `StepWorld.mounts` puts into a world.
@Suite(.enabled(if: Session.isPossible, "worlds need root"))
struct MountTests {
    @Test func `the steps of a task share its tree, and no other task's`() async throws {
        try await Session.run { session in
            try session.task.directory.makeDirectoryBeneath("results", permissions: 0o755)
            let write = try await session.run("echo value > /tekton/results/name") {
                $0.mounts = [.init(.task("results"), at: "/tekton/results")]
            }
            #expect(write.exit == .exited(code: 0))
            let file = try session.task.directory.openBeneath("results/name")
            #expect(String(decoding: try file.readToEnd(), as: UTF8.self) == "value\n")
            let read = try await session.run("cat /elsewhere/deep/name; touch /elsewhere/deep/x") {
                $0.mounts = [.init(.task("results"), at: "/elsewhere/deep", readOnly: true)]
            }
            #expect(read.output == "value\n")
            #expect(read.error.contains("Read-only file system"))

            let other = Session(
                launcher: session.launcher,
                task: try await session.launcher.createTask("other")
            )
            await #expect(throws: SandboxError.self) {
                try await other.run("true") { $0.mounts = [.init(.task("results"), at: "/r")] }
            }
            await other.task.remove()
        }
    }

    @Test func `a task's tree is bounded when asked`() async throws {
        try await Session.run { session in
            let task = try await session.launcher.createTask("small", byteLimit: 1 << 20)
            let finished = try await Session(launcher: session.launcher, task: task)
                .run("head -c 2m /dev/zero > /t/big") { $0.mounts = [.init(.task(""), at: "/t")] }
            #expect(finished.error.contains("No space left"))
        }
    }

    @Test func `a single file is mounted over a file that exists or not`() async throws {
        try await Session.run { session in
            try session.task.directory.writeBeneath(
                "script",
                Array("echo ran".utf8),
                permissions: 0o755
            )
            for target in ["/etc/passwd", "/tekton/scripts/script-0"] {
                let finished = try await session.run("sh \(target); echo more >> \(target)") {
                    $0.mounts = [.init(.task("script"), at: target, readOnly: true)]
                }
                #expect(finished.output == "ran\n")
                #expect(finished.error.contains("Read-only file system"))
            }
        }
    }

    @Test
    func `a host directory brings what is mounted in it, read-only through and through if asked`()
        async throws
    {
        let directory = try HostDirectory()
        try directory.mount("inner")
        try directory.write("in", to: "inner/file")
        try await Session.run { session in
            let written = try await session.run("cat /w/inner/file; echo out > /w/inner/new") {
                $0.mounts = [.init(.host(directory.path), at: "/w")]
            }
            #expect(written == .init(exit: .exited(code: 0), output: "in", error: ""))
            #expect(try FileStatus(of: directory.path("inner/new")).byteCount == 4)
            let refused = try await session.run("touch /w/x; touch /w/inner/x") {
                $0.mounts = [.init(.host(directory.path), at: "/w", readOnly: true)]
            }
            #expect(refused.error.split(separator: "\n").count == 2)
        }
    }

    @Test func `what is mounted has no devices`() async throws {
        let directory = try TemporaryDirectory()
        #expect(try Command(["mknod", directory.path("zero"), "c", "1", "5"]).run().exitCode == 0)
        try await Session.run { session in
            let finished = try await session.run("head -c 1 /w/zero") {
                $0.mounts = [.init(.host(directory.path), at: "/w")]
            }
            #expect(finished.error.contains("Permission denied"))
        }
    }

    @Test func `a missing sub-path is created with its source's mode`() async throws {
        try await Session.run { session in
            try session.task.directory.makeDirectoryBeneath("ws", permissions: 0o2775)
            let finished = try await session.run("touch /w/here; stat -c %a /w") {
                $0.mounts = [.init(.task("ws"), subPath: "a/b", at: "/w")]
            }
            #expect(finished.output == "2775\n")
            _ = try session.task.directory.openBeneath("ws/a/b/here")
        }
    }

    @Test(arguments: ["/etc", "../other", "up", "in/../../other", "absolute"])
    func `a sub-path never leads out of its source`(_ subPath: String) async throws {
        try await Session.run { session in
            let root = session.task
            for name in ["ws", "ws/in", "other"] {
                try root.directory.makeDirectoryBeneath(name, permissions: 0o755)
            }
            try root.directory.linkBeneath("ws/up", to: "../other")
            try root.directory.linkBeneath("ws/absolute", to: "/etc")
            do {
                let finished = try await session.run("ls /w; touch /w/mark") {
                    $0.mounts = [.init(.task("ws"), subPath: subPath, at: "/w")]
                }
                // A leading slash means nothing: the path is beneath all the same.
                #expect(subPath == "/etc")
                #expect(finished.output == "")
                _ = try root.directory.openBeneath("ws/etc/mark")
            } catch let error as SandboxError {
                #expect(subPath != "/etc")
                #expect(error.cause.operation == "openat2")
            }
            #expect(throws: SystemError.self) { _ = try root.directory.openBeneath("other/mark") }
        }
    }

    @Test func `a sub-path may follow a link that stays inside`() async throws {
        try await Session.run { session in
            try session.task.directory.makeDirectoryBeneath("ws", permissions: 0o755)
            try session.task.directory.writeBeneath("ws/file", [65], permissions: 0o644)
            try session.task.directory.linkBeneath("ws/link", to: "file")
            let finished = try await session.run("cat /w") {
                $0.mounts = [.init(.task("ws"), subPath: "link", at: "/w")]
            }
            #expect(finished.output == "A")
        }
    }

    @Test func `a link that a step left in the task's tree does not redirect a mount`() async throws
    {
        try await Session.run { session in
            try session.task.directory.linkBeneath("results", to: "/etc")
            await #expect(throws: SandboxError.self) {
                try await session.run("ls /w") { $0.mounts = [.init(.task("results"), at: "/w")] }
            }
        }
    }

    @Test func `a target's links are followed inside the world`() async throws {
        try await Session.run { session in
            try session.task.directory.writeBeneath("file", [65], permissions: 0o644)
            let finished = try await session.run("cat /run/place/file") {
                $0.mounts = [.init(.task("."), at: "/var/run/place")]
            }
            #expect(finished.output == "A", "\(finished)")
        }
    }

    @Test func `mounts may lie in each other, in the order given`() async throws {
        try await Session.run { session in
            for name in ["outer", "inner"] {
                try session.task.directory.makeDirectoryBeneath(name, permissions: 0o755)
                try session.task.directory.writeBeneath(
                    "\(name)/name",
                    Array(name.utf8),
                    permissions: 0o644
                )
            }
            let finished = try await session.run(
                "cat /w/name /w/sub/name; touch /w/sub/x; touch /w/x"
            ) {
                $0.mounts = [
                    .init(.task("outer"), at: "/w"),
                    .init(.task("inner"), at: "/w/sub", readOnly: true),
                ]
            }
            #expect(finished.output == "outerinner")
            #expect(finished.error.split(separator: "\n").count == 1)
        }
    }

    @Test func `a temporary mount is empty, bounded and the step's own`() async throws {
        try await Session.run { session in
            for _ in 0..<2 {
                let finished = try await session.run(
                    "ls -A /s; touch /s/x; head -c 2m /dev/zero > /s/big"
                ) {
                    $0.mounts = [.init(.temporary(byteLimit: 1 << 20), at: "/s")]
                }
                #expect(finished.output == "")
                #expect(finished.error.contains("No space left"))
            }
        }
    }

    @Test func `a source that is missing is named`() async throws {
        try await Session.run { session in
            for source in [WorldMount.Source.host("/no/such"), .task("no/such")] {
                let error = await #expect(throws: SandboxError.self) {
                    try await session.run("true") { $0.mounts = [.init(source, at: "/w")] }
                }
                #expect(error?.cause.code == .notFound)
                #expect(error?.cause.subject.hasSuffix("no/such") == true)
            }
            let next = try await session.run("true")
            #expect(next.exit == .exited(code: 0))
        }
    }

    @Test func `a step reads its own tree of the secret filesystem and nobody else sees any`()
        async throws
    {
        try await Session.run { session in
            let filesystem = SecretFilesystem { _ in { _ in } }
            try filesystem.serve(try await session.launcher.mountSecretFilesystem())
            defer { filesystem.stop() }
            let reader = SecretReader(
                taskRun: "t",
                step: "s",
                volume: "v",
                mountPath: "/mnt/secrets"
            )
            for (path, value) in [("t0/s1/v0", "mine"), ("t0/s2/v0", "other")] {
                let version = SecretVersion(
                    name: "token",
                    value: try LockedBytes(copying: value.utf8.span)
                )
                try filesystem.publish(
                    [SecretFile(path: "db/token", mode: 0o644, content: version)],
                    for: reader,
                    at: path
                )
            }
            let finished = try await session.run(
                "cat /mnt/secrets/db/token /run/token; cd /mnt/secrets; ls ..; touch x; grep -c fuse /proc/mounts"
            ) {
                $0.mounts = [
                    .init(.secrets("t0/s1/v0"), at: "/mnt/secrets", readOnly: true),
                    .init(.secrets("t0/s1/v0/db/token"), at: "/run/token", readOnly: true),
                ]
            }
            #expect(finished.output == "minemine" + "secrets\n" + "2\n")
            #expect(finished.error.contains("Read-only file system"))
            let bare = try await session.run("ls /mnt; grep -c fuse /proc/mounts")
            #expect(bare.output == "0\n")
            let mounts = try FileDescriptor.open("/proc/self/mounts").readToEnd()
            #expect(!String(decoding: mounts, as: UTF8.self).contains("fuse.tacit"))
        }
    }
}
