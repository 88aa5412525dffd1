// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// Has the kernel drop the pages of files that were mapped or executed, soon after their last use.
///
/// Reads go past the page cache; a mapping cannot. What it leaves there would stay until the file is opened
/// again or memory is short.
final class PageSweeper: Sendable {
    private struct State {
        var inodes: Set<UInt64> = []
        var drop: (@Sendable (UInt64) -> Void)?
    }

    /// Nanoseconds to wait, so that a busy file costs one sweep and not one a reader.
    private static let delay = 20_000_000
    private let state = Mutex(State())

    /// Sets what drops the pages of an inode, which may block; `nil` ends sweeping.
    func drop(by drop: (@Sendable (UInt64) -> Void)?) {
        state.withLock { $0 = State(drop: drop) }
    }

    /// Sweeps an inode on a thread of its own; returns at once.
    func sweep(_ inode: UInt64) {
        let isFirst = state.withLock { state in
            if state.drop == nil { return false }
            defer { state.inodes.insert(inode) }
            return state.inodes.isEmpty
        }
        if !isFirst { return }
        SystemThread.start("page-sweeper") { [self] in
            SystemThread.sleep(nanoseconds: Self.delay)
            let (inodes, drop) = state.withLock { state in
                defer { state.inodes = [] }
                return (state.inodes, state.drop)
            }
            for inode in inodes { drop?(inode) }
        }
    }
}
