// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// One system call after the other fails in the launcher of a run, or in what makes a step's world.
///
/// The run says so or does without, and leaves nothing. A few of the calls; all of them where TACIT_FAULTS=all.
@Suite(.serialized, .enabled(if: OrdinaryUser.isPossible, "needs root"))
struct LauncherFaultTests {
    /// In which process a call fails: the launcher, or the K-th that it makes a world with.
    static let victims = ["launcher", "init:1", "init:2"]
    static let cases: [(victim: String, user: OrdinaryUser?)] = victims.flatMap { victim in
        [nil, OrdinaryUser.withRanges, .alone].map { (victim, $0) }
    }

    private static let canary = "kanarienvogel-f4u1t5c4a11"
    private static let isWhole = EnvironmentVariables.current["TACIT_FAULTS"] == "all"

    /// What the tool reports.
    private struct Report {
        var launcher: Int
        var seen: Int
        /// The number of the call that failed; negative for none.
        var call: Int
    }

    private let tool: TemporaryDirectory

    init() throws {
        tool = try TemporaryDirectory()
        let source = "\(Checkout.root)/Tests/fail-call.c"
        let built = try Command(["gcc", "-std=gnu17", "-O1", source, "-o", tool.path("fail-call")])
            .run()
        try #require(built.exitCode == 0, "\(built)")
    }

    private func makeRun() throws -> Run {
        try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: \(LauncherFaultTests.canary)}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                volumes: [{name: s, secret: {secretName: creds}}]
                stepTemplate:
                  env: [{name: M, value: MARKER}]
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                steps:
                - {name: a, image: bash, script: "wc -c < /mnt/secrets/token; (setsid sleep 600 &)"}
                - {name: b, image: bash, script: "wc -c < /mnt/secrets/token"}
            """,
            "--network",
            "private"
        )
    }

    /// Runs it with the call of that number failing; 0 for none.
    private func fail(
        _ number: Int,
        of victim: String,
        in run: Run,
        as user: OrdinaryUser?
    ) throws -> (outcome: CommandOutcome, report: Report) {
        var command = user?.runs(run.command) ?? run.command
        let file = tool.path("report")
        // EIO.
        command.arguments =
            [tool.path("fail-call"), victim, "\(number)", "5", file] + command.arguments
        let outcome = try command.run(limit: .seconds(30))
        let numbers = try tool.read("report").split(whereSeparator: \.isWhitespace).compactMap {
            Int($0)
        }
        try #require(numbers.count == 3, "\(outcome)")
        return (outcome, Report(launcher: numbers[0], seen: numbers[1], call: numbers[2]))
    }

    /// Those to be tried of so many: an ordinary user's launcher makes the same few calls for each directory of the
    /// host, so of a long list the middle is tried here and there alone.
    private func numbers(of count: Int) -> [Int] {
        let tried = (1...count).filter { $0 < 150 || $0 > count - 1000 || $0.isMultiple(of: 499) }
        // Other ones each time, so that none is never tried.
        return LauncherFaultTests.isWhole ? tried : Array(tried.shuffled().prefix(8))
    }

    @Test(arguments: cases)
    func `whichever call fails, the run says so or does without, and leaves nothing`(
        victim: String,
        user: OrdinaryUser?
    ) throws {
        let (whole, count) = try fail(0, of: victim, in: try makeRun(), as: user)
        try #require(whole.exitCode == 0 && count.seen > 100, "\(whole)")
        var launchers: Set<Int> = []
        var failedCount = 0
        for number in numbers(of: count.seen) {
            let run = try makeRun()
            let (outcome, report) = try fail(number, of: victim, in: run, as: user)
            launchers.insert(report.launcher)
            failedCount += report.call >= 0 ? 1 : 0
            let what = "call \(number), system call \(report.call): \(outcome)"
            #expect(!outcome.end.killedAtLimit, "\(what)")
            #expect([0, 1, 4].contains(outcome.exitCode), "\(what)")
            if outcome.exitCode == 0 {
                #expect(outcome.output == "[a] 25\n[b] 25\n", "\(what)")
            } else {
                #expect(outcome.error.contains("tacit: TaskRun `t`: "), "\(what)")
            }
            #expect(isGone(report.launcher, run), "\(what)")
            let mounts = try FileDescriptor.open("/proc/self/mountinfo").readToEnd()
            let isMounted = String(decoding: mounts, as: UTF8.self).contains(run.directory.path)
            #expect(!isMounted, "\(what)")
            #expect(try run.leaks(of: LauncherFaultTests.canary, in: outcome) == [], "\(what)")
        }
        #expect(failedCount > 0, "calls did fail")
        // A group whose removal failed goes with the next run.
        #expect(try fail(0, of: victim, in: try makeRun(), as: user).outcome.exitCode == 0)
        let found = try Command(["find", "/sys/fs/cgroup", "-name", "tacit-[0-9]*"]).run().output
        let left = found.split(separator: "\n").filter { path in
            launchers.contains { path.hasSuffix("tacit-\($0)") }
        }
        #expect(left == [])
    }

    /// Whether nothing of the launcher's session, nor of the steps, runs.
    private func isGone(_ launcher: Int, _ run: Run) -> Bool {
        for _ in 0..<500 {
            let isLeft =
                (try? Directory.names(in: "/proc"))?.contains { isOf(launcher, process: $0) }
                ?? true
            if !isLeft && run.processes().isEmpty { return true }
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        return false
    }

    private func isOf(_ launcher: Int, process: String) -> Bool {
        guard Int(process) != nil,
            let bytes = try? FileDescriptor.open("/proc/\(process)/stat").readToEnd()
        else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return false }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 4 && fields[0] != "Z"
            && (process == "\(launcher)" || fields[3] == "\(launcher)")
    }
}
