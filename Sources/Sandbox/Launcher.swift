// SPDX-License-Identifier: Apache-2.0
package import Platform

/// The runner's side of the launcher: the small process that owns the private mount namespace and
/// starts every step's world.
package final class Launcher: Sendable {
    /// Forks the launcher. Must be the process's first act: one thread, no secret in memory.
    package static func fork() throws(SandboxError) -> Launcher {
        preconditionFailure("the launcher lands next")
    }

    private init() {}

    /// Sets what every world has in common; call once, before the first task.
    ///
    /// - Parameters:
    ///   - hidden: host directories that no step may see (Tacit's state, cache and configuration).
    ///   - overlayByteLimit: the size of a step's writable root; `nil` for half of the memory.
    package func configure(
        hidden: [String],
        overlayByteLimit: Int?
    ) async throws(SandboxError) {
        preconditionFailure("the launcher lands next")
    }

    /// Mounts a FUSE filesystem in the launcher's private namespace, where the host never sees it.
    ///
    /// - Returns: the descriptor of /dev/fuse that a server must answer on; no other process keeps it.
    package func mountSecretFilesystem() async throws(SandboxError) -> FileDescriptor {
        preconditionFailure("the launcher lands next")
    }

    /// Makes the tree that the steps of one TaskRun share: a tmpfs in the launcher's namespace.
    package func createTask(
        _ name: String,
        byteLimit: Int? = nil
    ) async throws(SandboxError) -> TaskDirectory {
        preconditionFailure("the launcher lands next")
    }

    /// Builds a world and starts the step in it.
    ///
    /// - Parameters:
    ///   - output: becomes the step's standard output.
    ///   - error: becomes its standard error; `nil` shares `output`.
    /// - Throws: when the world cannot be built. A program that cannot be executed is no error: see
    ///   `StepExit.notExecuted`.
    package func start(
        _ world: StepWorld,
        in task: TaskDirectory,
        output: borrowing FileDescriptor,
        error: borrowing FileDescriptor
    ) async throws(SandboxError) -> RunningStep {
        preconditionFailure("the launcher lands next")
    }

    /// Ends every step and the launcher itself; idempotent.
    package func shutDown() async {}
}
