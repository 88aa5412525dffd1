// SPDX-License-Identifier: Apache-2.0
import Platform
import Sandbox
import TestSupport
import Testing

/// Layers that the steps of a task share.
@Suite(.enabled(if: Session.isPossible, "worlds need root"))
struct LayerTests {
    @Test func `the steps of a task share its layers, and nothing that one writes over them`()
        async throws
    {
        let directory = try TemporaryDirectory()
        try directory.write("layer\n", to: "one/opt/layered/name")
        try await Session.run { session in
            for _ in 0..<3 {
                let finished = try await session.run(
                    "cat /opt/layered/name; echo own > /opt/layered/name; rm -r /opt/layered; echo x > /opt/own"
                ) { $0.layers = [directory.path("one")] }
                #expect(finished == .init(exit: .exited(code: 0), output: "layer\n", error: ""))
                #expect(try Self.layerCount(of: session) == 1)
            }
            #expect(try directory.read("one/opt/layered/name") == "layer\n")
        }
    }

    @Test func `another task has its layers as they are then, and lets go of them at its end`()
        async throws
    {
        let directory = try TemporaryDirectory()
        try directory.write("first\n", to: "one/opt/layered")
        try await Session.run { session in
            let script = "cat /opt/layered"
            let before = try await session.run(script) { $0.layers = [directory.path("one")] }
            #expect(before.output == "first\n")
            _ = try Command(["rm", "-r", directory.path("one")]).run()
            try directory.write("second\n", to: "one/opt/layered")
            let other = Session(
                launcher: session.launcher,
                task: try await session.launcher.createTask("other")
            )
            let after = try await other.run(script) { $0.layers = [directory.path("one")] }
            #expect(after.output == "second\n")
            #expect(try Self.layerCount(of: session) == 2)
            await other.task.remove()
            #expect(try Self.layerCount(of: session) == 1)
            await session.task.remove()
            #expect(try Self.layerCount(of: session) == 0)
        }
    }

    @Test func `a task may have any number of sets of layers, one after the other`() async throws {
        let directory = try TemporaryDirectory()
        for number in 0..<20 { try directory.write("\(number)\n", to: "\(number)/opt/number") }
        try directory.write("base\n", to: "base/opt/number")
        try await Session.run { session in
            for round in 0..<2 {
                for number in 0..<20 {
                    let finished = try await session.run("cat /opt/number") {
                        $0.layers = [directory.path("\(number)"), directory.path("base")]
                    }
                    #expect(finished.output == "\(number)\n", "round \(round)")
                }
            }
            #expect(try Self.layerCount(of: session) <= 16)
        }
    }

    @Test func `a layer that is missing is told, and keeps nobody else from a start`() async throws
    {
        let directory = try TemporaryDirectory()
        try directory.write("there\n", to: "one/opt/layered")
        try await Session.run { session in
            let error = await #expect(throws: SandboxError.self) {
                try await session.run("true") {
                    $0.layers = [directory.path("one"), directory.path("absent")]
                }
            }
            #expect(error?.cause.code == .notFound)
            #expect(error?.cause.subject == directory.path("absent"))
            #expect(try Self.layerCount(of: session) == 0)
            let finished = try await session.run("cat /opt/layered") {
                $0.layers = [directory.path("one")]
            }
            #expect(finished.output == "there\n")
        }
    }

    /// How many mounts of layers the launcher holds.
    private static func layerCount(of session: Session) throws -> Int {
        let mounts = try FileDescriptor.open("/proc/\(session.launcher.pid)/mountinfo").readToEnd()
        return String(decoding: mounts, as: UTF8.self).split(separator: "\n")
            .count { $0.contains(" /layers/") || $0.contains(" /layer/") }
    }
}
