// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// The same YAML, run by a user without any power over the host.
@Suite(
    "Ordinary users",
    .enabled(if: OrdinaryUser.isPossible, "only root can become another"),
    .timeLimit(.minutes(2))
)
struct OrdinaryUserTests {
    private func taskRun(_ script: String, _ more: String = "", secret: String = "x") -> String {
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: creds}
        stringData: {token: "\(secret)"}
        ---
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: t}
        spec:
          taskSpec:
            results: [{name: r}]
            volumes: [{name: s, secret: {secretName: creds}}]
            steps:
            - name: s
              image: bash
              env: [{name: M, value: MARKER}]
              volumeMounts: [{name: s, mountPath: /mnt/secrets}]
              script: |
        \(script.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n"))
        \(more)
        """
    }

    private func log(
        _ yaml: String,
        as user: OrdinaryUser,
        exitCode: Int32 = 0
    ) throws -> (log: String, error: String) {
        let run = try Run(yaml)
        let outcome = try user.runs(run.command).run()
        #expect(outcome.exitCode == exitCode, "\(outcome)")
        return ((try? run.log("t", "s")) ?? "", outcome.error)
    }

    @Test(arguments: OrdinaryUser.allCases)
    func `a step is root of its own world and nobody on the host`(user: OrdinaryUser) throws {
        let script = """
            id -u; test $(cat /mnt/secrets/token) = kanarienvogel-91c2 && echo same
            echo made > /usr/local/bin/made; mkdir -p /opt/a/b; echo x > /etc/made; touch /tekton/home/x
            cat /usr/local/bin/made; stat -c %u /etc/made /workspace; grep CapEff /proc/self/status
            ls -A /home /root /run | wc -w; mount -t tmpfs none /mnt 2>/dev/null || echo refused
            printf done > $(results.r.path)
            """
        let log = try log(taskRun(script, secret: "kanarienvogel-91c2"), as: user).log
        #expect(
            log
                == """
                0
                same
                made
                0
                0
                CapEff:\t00000000a80405fb
                3
                refused

                """,
            "\(log)"
        )
        for path in ["/usr/local/bin/made", "/opt/a", "/etc/made"] {
            #expect(throws: SystemError.self) { try FileStatus(of: path) }
        }
    }

    @Test func `with ranges a step may be another user and change owners`() throws {
        let script = """
            touch /workspace/f; chown 33:33 /workspace/f; stat -c %u:%g /workspace/f
            su nobody -s /bin/sh -c 'id -u'
            """
        #expect(try log(taskRun(script), as: .withRanges).log == "33:33\n65534\n")
        let other = taskRun(
            "id -u; id -G",
            "      securityContext: {runAsUser: 1000, runAsGroup: 7}"
        )
        #expect(try log(other, as: .withRanges).log == "1000\n7\n")
    }

    @Test(arguments: [
        "      securityContext: {runAsUser: 1000}", "      securityContext: {runAsGroup: 7}",
        "  podTemplate: {securityContext: {runAsUser: 1000}}",
        "  podTemplate: {securityContext: {fsGroup: 7}}",
    ])
    func `without ranges another user is refused by name`(context: String) throws {
        let field =
            context.contains("runAsUser")
            ? "runAsUser" : context.contains("fs") ? "fsGroup" : "runAsGroup"
        let outcome = try log(taskRun("id -u", context), as: .alone, exitCode: 2)
        #expect(outcome.error.contains("`\(field): "), "\(outcome)")
        #expect(outcome.error.contains("newuidmap"), "\(outcome)")
        #expect(outcome.error.contains("run.yaml:"), "\(outcome)")
    }

    @Test func `what only root can alter is said where a step fails over it`() throws {
        let outcome = try log(taskRun("echo x >> /etc/passwd"), as: .withRanges, exitCode: 1)
        #expect(outcome.error.contains("run tacit as root"), "\(outcome)")
    }

    @Test func `a closed device is named with the command that opens it`() throws {
        let run = try Run(taskRun("true"))
        let other = try TemporaryDirectory()
        let closed = try other.write("", to: "fuse", permissions: 0o600)
        var command = OrdinaryUser.alone.runs(run.command)
        command.environment?["TACIT_TEST_FUSE"] = "as-it-is"
        let script = "mount --bind \"$0\" /dev/fuse && exec \"$@\""
        command.arguments =
            ["unshare", "--mount", "bash", "-c", script, closed] + command.arguments
        let outcome = try command.run()
        #expect(outcome.exitCode == 4, "\(outcome)")
        #expect(outcome.error.contains("chmod 0666 /dev/fuse"), "\(outcome)")
    }

    @Test func `a mount below /etc leaves it readable, with the world's own hosts`() throws {
        let run = try Run(taskRun("grep t-pod /etc/hosts; hostname; cat /etc/probe"))
        let probe = try run.directory.write("probe\n", to: "probe")
        var command = OrdinaryUser.alone.runs(run.command)
        let script = """
            mount -t tmpfs none /mnt && mkdir /mnt/u /mnt/w && touch /mnt/u/probe &&
            mount -t overlay -o lowerdir=/etc,upperdir=/mnt/u,workdir=/mnt/w none /etc &&
            mount --bind "$0" /etc/probe && exec "$@"
            """
        command.arguments =
            ["unshare", "--mount", "bash", "-c", script, probe] + command.arguments
        let outcome = try command.run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let log = try run.log("t", "s")
        #expect(log.hasPrefix("127.0.0.1\tt-pod\n"), "\(log)")
        #expect(log.hasSuffix("probe\n"), "\(log)")
        #expect(
            outcome.error.contains("read-only, as others are mounted in it: `/etc`"),
            "\(outcome)"
        )
    }

    @Test(arguments: OrdinaryUser.allCases)
    func `nothing is left when the runner is killed`(user: OrdinaryUser) async throws {
        let script = """
            (setsid sleep 600 &) ; (trap '' TERM; exec sleep 601) &
            echo started > /workspace/x; sleep 602
            """
        let run = try Run(taskRun(script))
        let running = try user.runs(run.command).start()
        var isStarted = false
        for _ in 0..<500 where !isStarted {
            isStarted = run.processes().count >= 4
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        #expect(isStarted)
        running.send(.kill)
        _ = running.finish()
        var left = run.processes()
        for _ in 0..<200 where !left.isEmpty {
            SystemThread.sleep(nanoseconds: 10_000_000)
            left = run.processes()
        }
        #expect(left == [])
    }

    @Test func `what the host mounts while steps run is no matter`() throws {
        let other = try TemporaryDirectory(in: "/var")
        let second = "    - {name: t, image: bash, script: 'ls -A \(other.path) | wc -w'}"
        let run = try Run(taskRun("echo x > /workspace/a; sleep 2", second))
        let running = try OrdinaryUser.withRanges.runs(run.command).start()
        SystemThread.sleep(nanoseconds: 900_000_000)
        let mounted = try Command(["mount", "-t", "tmpfs", "step-test", other.path]).run()
        #expect(mounted.exitCode == 0, "\(mounted)")
        defer { _ = try? Command(["umount", other.path]).run() }
        let outcome = running.finish(limit: .seconds(30))
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "t") == "0\n")
    }

    @Test func `a directory with mounts below is put together from its entries`() throws {
        let run = try Run(
            taskRun(
                """
                mkdir /var/new && touch /var/tmp/x /var/cache/y && ls -d /var/lib/dpkg
                cat /var/with/mounts/inner/file; touch /var/with/mounts/inner/z && echo written
                """
            )
        )
        var command = OrdinaryUser.alone.runs(run.command)
        let script = """
            mkdir -p /mnt/u /mnt/w && mount -t tmpfs none /mnt && mkdir -p /mnt/u/with/mounts/inner /mnt/w &&
            mount -t overlay -o lowerdir=/var,upperdir=/mnt/u,workdir=/mnt/w none /var &&
            mount -t tmpfs none /var/with/mounts/inner && echo found > /var/with/mounts/inner/file &&
            exec "$0" "$@"
            """
        command.arguments = ["unshare", "--mount", "bash", "-c", script] + command.arguments
        let outcome = try command.run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "s") == "/var/lib/dpkg\nfound\nwritten\n", "\(outcome)")
    }
}
