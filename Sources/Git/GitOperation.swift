// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// One piece of work as its caller sees it: how far it is, how to stop it, how long it may take.
package final class GitOperation: Sendable {
    private struct Report {
        var last: GitProgress?
        var reported: ContinuousClock.Instant?
    }

    private let isCancelled = Atomic<Bool>(false)
    private let deadline: ContinuousClock.Instant?
    private let progress: (@Sendable (GitProgress) -> Void)?
    private let report = Mutex(Report())
    /// The port of a connection that libgit2 waits in by itself; 0 for none.
    private let waitedPort = Atomic<Int>(0)
    /// Progress is told at most this often: libgit2 calls back for every object.
    private static let pause = Duration.milliseconds(100)

    /// - Parameters:
    ///   - limit: how long the work may take; `nil` for no limit.
    ///   - progress: told how far the work is, at most ten times a second, on the thread that does it.
    package init(
        within limit: Duration? = nil,
        progress: (@Sendable (GitProgress) -> Void)? = nil
    ) {
        deadline = limit.map { ContinuousClock.now + $0 }
        self.progress = progress
    }

    /// Asks the work to stop; it does within a second.
    package func cancel() { isCancelled.store(true, ordering: .relaxed) }

    /// Why the work must stop; `nil` while it may go on.
    func reasonToStop(_ subject: String) -> GitError? {
        if isCancelled.load(ordering: .relaxed) {
            return GitError("fetch", on: subject, .cancelled, "cancelled")
        }
        if let deadline, ContinuousClock.now > deadline {
            return GitError("fetch", on: subject, .timedOut, "it took longer than allowed")
        }
        return nil
    }

    /// Notes where a connection of libgit2's own goes, so that it can be broken.
    func note(_ url: GitURL) {
        let isOwn = url.scheme == .ssh || url.scheme == .git
        waitedPort.store(isOwn ? url.effectivePort : 0, ordering: .relaxed)
    }

    /// Breaks the connection that libgit2 waits in; another of this process to the same port breaks, too.
    func breakConnection() {
        let port = waitedPort.load(ordering: .relaxed)
        if port != 0 { ConnectedSockets.shutDown(peerPort: port) }
    }

    func check(_ subject: String) throws(GitError) {
        if let reason = reasonToStop(subject) { throw reason }
    }

    func tell(_ current: GitProgress) {
        guard let progress else { return }
        let isDue = report.withLock { report in
            let now = ContinuousClock.now
            let isNew = report.last?.phase != current.phase || current.isComplete
            if !isNew, let last = report.reported, now - last < Self.pause { return false }
            if report.last == current { return false }
            report.last = current
            report.reported = now
            return true
        }
        if isDue { progress(current) }
    }
}
