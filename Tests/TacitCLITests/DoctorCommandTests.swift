// SPDX-License-Identifier: Apache-2.0
import Platform
import Testing

@testable import TacitCLI

@Suite struct DoctorCommandTests {
    private func report(_ change: (inout HostFacts) -> Void) -> (code: ExitCode, lines: [String]) {
        var facts = HostFacts(
            userID: 1000,
            kernelRelease: "6.1.0-18-amd64",
            capabilities: 0,
            fuseProblem: nil,
            hasOverlay: true,
            userNamespaceLimit: 10000,
            userNamespaceBar: nil,
            lockedMemoryLimit: nil,
            hasSubordinateIDs: true,
            hasTranslator: true,
            tunnelProblem: nil,
            hasUnifiedCgroups: true,
            hasControllers: false
        )
        change(&facts)
        let captured = CapturedTerminal()
        let code = DoctorCommand().report(facts.findings, captured.terminal)
        return (code, captured.output.split(separator: "\n").map(String.init))
    }

    @Test func `a host that has everything is fine`() {
        let (code, lines) = report { _ in }
        #expect(code == .success)
        #expect(
            lines.dropLast() == [
                "ok       kernel 6.1.0-18-amd64", "ok       user namespaces for ordinary users",
                "ok       overlayfs", "ok       /dev/fuse",
                "ok       memory for secrets can be locked",
                "ok       newuidmap and subordinate ids",
                "note     an ordinary user's limits of memory and processes hold for each process, unless control groups are delegated; `systemd-run --user --scope -p Delegate=yes tacit run ...`",
                "ok       slirp4netns or pasta for networks of a TaskRun's own",
            ]
        )
        #expect(lines.last?.contains("169.254.169.254") == true)
    }

    @Test func `each thing missing is named with the command that mends it`() {
        let cases: [(change: (inout HostFacts) -> Void, line: String)] = [
            (
                { $0.kernelRelease = "5.10.0" },
                "missing  kernel 5.10.0 is older than 5.12; install a newer kernel: `apt-get install linux-image-amd64`, then reboot"
            ),
            (
                { $0.kernelRelease = "" },
                "missing  kernel  is older than 5.12; install a newer kernel: `apt-get install linux-image-amd64`, then reboot"
            ),
            (
                { $0.userID = 0 },
                "missing  root without CAP_SYS_ADMIN, as in a container; start the container with `--privileged`, or run as an ordinary user"
            ),
            (
                { $0.userNamespaceLimit = 0 },
                "missing  user namespaces are off; run `sysctl -w user.max_user_namespaces=15000` as root"
            ),
            (
                { $0.userNamespaceBar = "kernel.unprivileged_userns_clone=1" },
                "missing  ordinary users may not make user namespaces; run `sysctl -w kernel.unprivileged_userns_clone=1` as root"
            ),
            (
                { $0.hasOverlay = false },
                "missing  the kernel has no overlayfs; run `modprobe overlay` as root"
            ),
            (
                { $0.fuseProblem = .notFound },
                "missing  /dev/fuse: No such file or directory; run `modprobe fuse` as root"
            ),
            (
                { $0.fuseProblem = .accessDenied },
                "missing  /dev/fuse may not be opened; run `chmod 0666 /dev/fuse` as root"
            ),
        ]
        for (change, line) in cases {
            let (code, lines) = report(change)
            #expect(code == .hostLacking)
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test func `what is only worth knowing is no failure`() {
        let (code, lines) = report {
            $0.lockedMemoryLimit = 8 << 20
            $0.hasSubordinateIDs = false
            $0.hasUnifiedCgroups = false
        }
        #expect(code == .success)
        #expect(lines.filter { $0.hasPrefix("note ") }.count == 4)
        #expect(lines.contains { $0.hasPrefix("note     only 8192 KiB of memory can be locked") })
    }

    @Test func `root needs no user namespaces and locks what it likes`() {
        let (code, lines) = report {
            $0.userID = 0
            $0.capabilities = .max
            $0.userNamespaceLimit = 0
            $0.lockedMemoryLimit = 0
        }
        #expect(code == .success)
        #expect(lines.contains("ok       root, with CAP_SYS_ADMIN"))
        #expect(lines.filter { $0.hasPrefix("note ") }.count == 1)
    }

    @Test func `this host can be looked at`() {
        let facts = HostFacts()
        #expect(facts.kernelRelease.first?.isWholeNumber == true)
        #expect(facts.userID == CurrentProcess.userID)
        #expect(facts.findings.count >= 7)
    }
}
