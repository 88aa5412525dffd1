// SPDX-License-Identifier: Apache-2.0
package import Platform

/// The tree that the steps of one TaskRun share, and the runner's only way into it.
///
/// It is a tmpfs that exists in the launcher's mount namespace alone, so it is gone with the processes,
/// however they die. What steps left in it is untrusted: open with `openBeneath`, never by path.
package final class TaskDirectory: Sendable {
    package let name: String
    /// The root of the tree.
    package let directory: FileDescriptor
    let number: UInt32
    private let connection: LauncherConnection

    init(
        name: String,
        number: UInt32,
        directory: consuming FileDescriptor,
        connection: LauncherConnection
    ) {
        self.name = name
        self.number = number
        self.directory = directory
        self.connection = connection
    }

    /// A TCP socket in the task's network, not connected and not blocking, to ask its ports.
    ///
    /// - Throws: `SandboxError` when none can be had.
    package func openSocket() async throws(SandboxError) -> FileDescriptor {
        let operation = "asking a port of \(name)"
        let number = number
        let answer: LauncherConnection.Answer
        do {
            answer = try await connection.ask(.openSocket) { $0.append(number) }
        } catch {
            throw SandboxError(operation, error)
        }
        guard case .done(let reply) = answer, let socket = reply.takeDescriptor() else {
            throw SandboxError(operation, LauncherConnection.shortage)
        }
        return socket
    }

    /// Unmounts and forgets the tree; the steps must have ended.
    ///
    /// Its memory is free when `directory` is released too.
    package func remove() async {
        let number = number
        // With the launcher the tree is gone as well.
        _ = try? await connection.ask(.removeTask) { $0.append(number) }
    }
}

extension TaskDirectory: Hashable {
    package static func == (left: TaskDirectory, right: TaskDirectory) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
