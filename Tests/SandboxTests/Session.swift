// SPDX-License-Identifier: Apache-2.0
import Platform
import Sandbox
import TestSupport
import Testing

/// A launcher of its own with one task, for the length of a test.
struct Session: Sendable {
    let launcher: Launcher
    let task: TaskDirectory

    /// How a step ended and what it wrote.
    struct Finished: Sendable, Equatable {
        var exit: StepExit
        var output: String
        var error: String
    }

    /// Whether this process may make worlds; the condition of every test here.
    static var isPossible: Bool { LauncherProcess.isPrivileged }

    /// Whether a program is installed.
    static func has(_ program: String) -> Bool {
        (try? FileStatus(of: "/usr/bin/\(program)")) != nil
    }

    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Lends a session to `body` and shuts it down afterwards.
    static func run<Outcome: Sendable>(
        hidden: [String] = [],
        overlayByteLimit: Int? = nil,
        network: TaskNetwork = .host,
        _ body: @Sendable (Session) async throws -> Outcome
    ) async throws -> Outcome {
        let launcher = try Launcher.fork()
        try await launcher.configure(hidden: hidden, overlayByteLimit: overlayByteLimit)
        let session = Session(
            launcher: launcher,
            task: try await launcher.createTask("test", network: network)
        )
        let outcome: Outcome
        do {
            outcome = try await body(session)
        } catch {
            await launcher.shutDown()
            throw error
        }
        await launcher.shutDown()
        return outcome
    }

    /// A world that runs a shell script and has nothing but a PATH.
    static func world(_ script: String) -> StepWorld {
        var world = StepWorld()
        world.arguments = [.plain("sh"), .plain("-c"), .plain(script)]
        world.environment = [.init("PATH", .plain(path))]
        return world
    }

    /// Runs a world to its end; what it writes goes to files.
    func run(_ world: StepWorld) async throws -> Finished {
        let directory = try TemporaryDirectory()
        let output = try FileDescriptor.open(directory.path("output"), [.writeOnly, .create])
        let error = try FileDescriptor.open(directory.path("error"), [.writeOnly, .create])
        let step = try await launcher.start(world, in: task, output: output, error: error)
        return Finished(
            exit: await step.wait(),
            output: try directory.read("output"),
            error: try directory.read("error")
        )
    }

    /// Runs a shell script in a world that `change` may add to.
    func run(
        _ script: String,
        _ change: (inout StepWorld) -> Void = { _ in }
    ) async throws -> Finished {
        var world = Self.world(script)
        change(&world)
        return try await run(world)
    }

    /// Starts a shell script whose output nobody reads.
    func start(_ script: String) async throws -> RunningStep {
        let null = try FileDescriptor.open("/dev/null", .writeOnly)
        return try await launcher.start(Self.world(script), in: task, output: null, error: null)
    }
}
