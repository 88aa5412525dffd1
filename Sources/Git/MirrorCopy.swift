// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// Copies a mirror's objects while the server is being asked whether they may be handed out.
///
/// The clone is nobody's but this process's until then, and is discarded when the server refuses.
final class MirrorCopy: Sendable {
    private enum State {
        case running
        case ended(isComplete: Bool)
    }

    private let state = Mutex(State.running)

    /// Starts; does nothing where somebody is fetching into the mirror.
    init(
        from source: ObjectStore,
        to target: ObjectStore,
        lock path: String,
        _ operation: GitOperation
    ) {
        SystemThread.start("git copy") {
            var isComplete = false
            if let lock = try? FileLock(creating: path, isShared: true) {
                isComplete = (try? source.copy(to: target, operation)) != nil
                lock.release()
            }
            self.state.withLock { $0 = .ended(isComplete: isComplete) }
        }
    }

    /// Waits for the end.
    ///
    /// - Returns: whether all that was there is copied.
    @discardableResult
    func finish() -> Bool {
        while true {
            if case .ended(let isComplete) = state.withLock({ $0 }) { return isComplete }
            SystemThread.sleep(nanoseconds: 500_000)
        }
    }
}
