// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

@Suite struct ChildProcessTests {
    @Test func `a child's exit code is told apart from its death by a signal`() throws {
        let child = try ChildProcess(["sh", "-c", "exit 7"])
        #expect(child.wait().reason == .exited(7))
        let victim = try ChildProcess(["sleep", "60"])
        victim.send(.terminate)
        let end = victim.wait()
        #expect(end.reason == .signalled(.terminate))
        #expect(end.exitCode == 143)
        #expect(!end.killedAtLimit)
    }

    @Test func `a child that outlives its limit is killed`() throws {
        let child = try ChildProcess(["sleep", "60"])
        let end = child.wait(limit: .milliseconds(50))
        #expect(end.killedAtLimit)
        #expect(end.reason == .signalled(.kill))
    }

    @Test func `a program that is not there is named`() {
        let error = #expect(throws: SystemError.self) { _ = try ChildProcess(["/no/such/program"]) }
        #expect(error?.operation == "posix_spawn")
        #expect(error?.subject == "/no/such/program")
        #expect(error?.code == .notFound)
    }

    @Test func `a child sees its three descriptors and no others`() throws {
        let directory = try TemporaryDirectory()
        let held = try FileDescriptor.open("/dev/null")
        #expect(held.number > 2)
        let output = try FileDescriptor.open(directory.path("out"), [.writeOnly, .create])
        // `ls` itself opens one more, to read the directory.
        let child = try ChildProcess(["ls", "/proc/self/fd"], output: output.number)
        #expect(child.wait().reason == .exited(0))
        #expect(try directory.read("out") == "0\n1\n2\n3\n")
    }

    @Test func `a child gets the environment it is given, or this process's own`() throws {
        let given = try Command(["/usr/bin/env"], environment: ["A": "1=2"]).run()
        #expect(given.output == "A=1=2\n")
        let own = try Command(["/usr/bin/env"]).run()
        #expect(own.output.contains("PATH=\(EnvironmentVariables.current["PATH"] ?? "")\n"))
    }

    @Test func `what a child used is counted`() throws {
        let child = try ChildProcess([
            "sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done",
        ])
        let end = child.wait()
        #expect(end.processorTime > .milliseconds(1))
        #expect(end.peakMemory > 500_000)
    }

    @Test func `a child that nobody waits for is gone when it is let go`() throws {
        let identifier: Int32
        do {
            let child = try ChildProcess(["sleep", "60"])
            identifier = child.identifier
        }
        #expect(!FileStatus.isDirectory("/proc/\(identifier)"))
    }
}
