// SPDX-License-Identifier: Apache-2.0
package import Platform
internal import Synchronization

/// The runner's side of the launcher: the small process that owns the private mount namespace and
/// starts every step's world.
package final class Launcher: Sendable {
    private let connection: LauncherConnection
    private let lastTask = Mutex<UInt32>(0)

    /// Forks the launcher.
    ///
    /// Must be the process's first act: one thread, no secret in memory. (A test may fork it from a process
    /// with threads: the child calls nothing that needs them, see CLinux's launcher.h.)
    ///
    /// It prepares itself while the caller goes on; what it could not do is the answer to the first request.
    /// An ordinary user's worlds are made in a user namespace.
    package static func fork() throws(SandboxError) -> Launcher {
        do {
            return Launcher(LauncherConnection(try LauncherProcess.fork()))
        } catch {
            throw SandboxError("starting the launcher", error)
        }
    }

    private init(_ connection: LauncherConnection) {
        self.connection = connection
    }

    deinit { connection.disconnect() }

    /// The launcher's own pid.
    package var pid: Int32 { connection.pid }

    /// Sets what every world has in common; call once, before the first task.
    ///
    /// - Parameters:
    ///   - hidden: host directories that no step may see (Tacit's state, cache and configuration), absolute;
    ///     users' homes, /tmp, /run and /mnt are hidden anyway.
    ///   - overlayByteLimit: the size of a step's writable root; `nil` for half of the memory.
    ///   - memoryByteLimit: what all steps together may take; `nil` for nine tenths of the memory. Where the host
    ///     lets the launcher make no control group, what each process may.
    ///   - processLimit: how many processes all steps may have; `nil` for 16384.
    /// - Returns: the host's directories that steps find read-only, by absolute path: for an ordinary user
    ///   those that others are mounted in.
    /// - Throws: `SandboxError`; no step can be started then.
    @discardableResult package func configure(
        hidden: [String],
        overlayByteLimit: Int?,
        memoryByteLimit: Int? = nil,
        processLimit: Int? = nil
    ) async throws(SandboxError) -> [String] {
        let answer = try await ask("preparing the steps' worlds", .configure) { message in
            message.append(UInt64(overlayByteLimit ?? 0))
            message.append(UInt64(memoryByteLimit ?? 0))
            message.append(UInt64(processLimit ?? 0))
            message.append(UInt32(hidden.count))
            for path in hidden { message.appendText(path) }
        }
        guard case .done(let reply) = answer else {
            preconditionFailure("a configuration is answered by what came of it")
        }
        var directories: [String] = []
        var offset = 0
        while offset < reply.body.count {
            let (name, next) = reply.text(at: offset)
            directories.append("/" + name)
            offset = next
        }
        return directories
    }

    /// Mounts a FUSE filesystem in the launcher's private namespace, where the host never sees it.
    ///
    /// It replaces the one that an earlier call mounted.
    ///
    /// - Returns: the descriptor of /dev/fuse that a server must answer on; no other process keeps it.
    /// - Throws: `SandboxError` when the kernel has no FUSE or refuses the mount.
    package func mountSecretFilesystem() async throws(SandboxError) -> FileDescriptor {
        try await askForDescriptor("mounting the secret filesystem", .mountSecrets)
    }

    /// Makes the tree that the steps of one TaskRun share: a tmpfs in the launcher's namespace.
    ///
    /// - Parameters:
    ///   - name: for messages; need not be unique.
    ///   - byteLimit: how much it may hold; `nil` for half of the memory.
    ///   - network: what its steps can reach.
    /// - Returns: the tree, empty, its root of mode 0755.
    /// - Throws: `SandboxError`.
    package func createTask(
        _ name: String,
        byteLimit: Int? = nil,
        network: TaskNetwork = .host
    ) async throws(SandboxError) -> TaskDirectory {
        let number = lastTask.withLock { last in
            last += 1
            return last
        }
        let directory = try await askForDescriptor("making the tree of \(name)", .createTask) {
            $0.append(number)
            $0.append(UInt64(byteLimit ?? 0))
            $0.append(network.rawValue)
        }
        return TaskDirectory(
            name: name,
            number: number,
            directory: directory,
            connection: connection
        )
    }

    /// Begins to build the world of a step that is yet to come, while another one runs.
    ///
    /// A later `start` of the result finds its world standing, or builds it if it could not be prepared: that
    /// is never an error here. A task has one prepared world at a time: the next `prepare` and the task's end
    /// take it back.
    ///
    /// - Parameters:
    ///   - world: what the step will see and may do; its arguments and environment are not looked at.
    ///   - task: as for `start`.
    /// - Returns: the world, of which only arguments, environment may be changed before the start.
    package func prepare(_ world: StepWorld, in task: TaskDirectory) -> StepWorld {
        var prepared = world
        prepared.preparation = 0
        guard let capabilities = try? world.checkSurroundings(),
            let id = try? connection.tell(
                .prepare,
                {
                    prepared.appendSurroundings(
                        to: $0,
                        task: task.number,
                        capabilities: capabilities
                    )
                }
            )
        else { return prepared }
        prepared.preparation = id
        return prepared
    }

    /// Builds a world and starts the step in it.
    ///
    /// - Parameters:
    ///   - world: what the step sees and may do.
    ///   - task: whose tree `.task` mounts name.
    ///   - output: becomes the step's standard output.
    ///   - error: becomes its standard error; may be `output`.
    ///   - meanwhile: runs while the launcher is at it; not when the world is refused before.
    /// - Returns: the step, whose program runs or could not be executed.
    /// - Throws: when the world cannot be built. A program that cannot be executed is no error: see
    ///   `StepExit.notExecuted`.
    package func start(
        _ world: StepWorld,
        in task: TaskDirectory,
        output: borrowing FileDescriptor,
        error: borrowing FileDescriptor,
        meanwhile: () -> Void = {}
    ) async throws(SandboxError) -> RunningStep {
        let operation = "building the world of a step of \(task.name)"
        let capabilities: UInt64
        do {
            capabilities = try world.check()
        } catch {
            throw SandboxError(operation, error)
        }
        let answer = try await ask(
            operation,
            .start,
            starting: world.programName,
            descriptors: [output.number, error.number],
            { world.append(to: $0, task: task.number, capabilities: capabilities) },
            meanwhile: meanwhile
        )
        guard case .started(let step) = answer else {
            preconditionFailure("a start is answered by a step")
        }
        return step
    }

    /// Ends every step and the launcher itself; idempotent.
    ///
    /// Returns when no process and no mount of them is left.
    package func shutDown() async {
        await connection.close()
    }
}

extension Launcher {
    private func ask(
        _ operation: String,
        _ kind: LauncherRequest,
        starting program: String? = nil,
        descriptors: [Int32] = [],
        _ fill: (LauncherMessage) -> Void = { _ in },
        meanwhile: () -> Void = {}
    ) async throws(SandboxError) -> LauncherConnection.Answer {
        do {
            return try await connection.ask(
                kind,
                starting: program,
                descriptors: descriptors,
                fill,
                meanwhile: meanwhile
            )
        } catch {
            throw SandboxError(operation, error, remedy: SandboxError.remedy(for: error))
        }
    }

    private func askForDescriptor(
        _ operation: String,
        _ kind: LauncherRequest,
        _ fill: (LauncherMessage) -> Void = { _ in }
    ) async throws(SandboxError) -> FileDescriptor {
        guard case .done(let reply) = try await ask(operation, kind, fill) else {
            preconditionFailure("the launcher answers \(kind) by what came of it")
        }
        guard let descriptor = reply.takeDescriptor() else {
            throw SandboxError(operation, LauncherConnection.shortage)
        }
        return descriptor
    }
}
