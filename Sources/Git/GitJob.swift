// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// Runs git's work on a thread of its own, and gets it out of a call that blocks when it must stop.
///
/// Over http the work looks by itself whether it is to stop. Over ssh and git:// libgit2 waits in its socket:
/// there the connection is broken, and a signal wakes the thread from what else it may wait in.
package enum GitJob {
    /// Does the work and waits for it without blocking the caller's executor.
    ///
    /// Throws what the work throws, or the reason why it had to stop.
    package static func run<Outcome: Sendable>(
        _ operation: GitOperation,
        _ work: @escaping @Sendable () throws(GitError) -> Outcome
    ) async throws(GitError) -> Outcome {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Outcome, GitError>, Never>) in
            let thread = InterruptibleThread("git") {
                continuation.resume(returning: Result { () throws(GitError) in try work() })
            }
            watch(thread, operation)
        }
        do {
            return try result.get()
        } catch {
            // A call that was torn out of its wait reports that, and not why.
            throw operation.reasonToStop(error.subject) ?? error
        }
    }

    private static func watch(_ thread: InterruptibleThread, _ operation: GitOperation) {
        SystemThread.start("git watch") {
            var beats = 0
            while !thread.hasEnded {
                SystemThread.sleep(nanoseconds: 50_000_000)
                if operation.reasonToStop("") == nil { continue }
                beats += 1
                // Time for the work to find out by itself.
                if beats > 6 {
                    operation.breakConnection()
                    thread.interrupt()
                }
            }
        }
    }
}
