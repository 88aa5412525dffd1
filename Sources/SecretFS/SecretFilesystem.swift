// SPDX-License-Identifier: Apache-2.0
// The SecretFS module is the read-only filesystem that a run's secrets are read from, in safe Swift: which
// files there are, who may be told apart by which tree, and the record of every access. It mounts nothing,
// fetches nothing, and knows no store.
package import FUSE
package import Platform
package import Secrets
internal import Synchronization

/// The read-only filesystem of one run's secrets.
///
/// Each step has trees of its own below the root; the launcher mounts a tree, never the root, into the
/// step's world. Values are served from memory. Owner and group of everything are 0; directories are 0755.
package final class SecretFilesystem: Sendable {
    let server: SecretServer
    private let session = Mutex<FUSESession?>(nil)

    /// Makes a filesystem that publishes nothing and serves nobody yet.
    ///
    /// `recorder` makes, for each version of each audited file, what takes its accesses down: every open,
    /// and the first read by each process other than the opener. When that throws, the access fails with
    /// EIO (an access that cannot be recorded does not happen). `recorder` is called with a lock held: it
    /// must not call this filesystem. `clock` gives the times of files. `readers` are the users that may open
    /// files and directories, besides what modes say; `nil` for everyone.
    package init(
        clock: WallClock = .system,
        readers: Set<UInt32>? = nil,
        recorder: @escaping @Sendable (AccessedFile) -> AccessRecorder
    ) {
        server = SecretServer(clock: clock, readers: readers, recorder: recorder)
    }

    /// Makes a tree visible below the root, whole.
    ///
    /// `path` is relative and unused so far (`t0/s1/v0`), not within another tree; empty for the root
    /// itself, which then holds this tree only. Two files of one path, or a file where another needs a
    /// directory, are refused, and nothing is published.
    package func publish(
        _ files: [SecretFile],
        for reader: SecretReader,
        at path: String
    ) throws(SecretFSError) {
        let names = Self.names(of: path)
        let time = server.clock.now().nanoseconds
        let directory = try server.inodes.withLock { (inodes) throws(SecretFSError) in
            try inodes.publish(files, for: reader, at: names, time: time)
        }
        session.withLock { $0 }?.invalidateAttributes(of: directory)
    }

    /// Takes a tree, or every tree below a path, away.
    ///
    /// New lookups and opens fail with ENOENT, open files keep their version. Does nothing where no tree
    /// is.
    package func withdraw(_ path: String) {
        let names = Self.names(of: path)
        let time = server.clock.now().nanoseconds
        tell(server.inodes.withLock { $0.withdraw(names, time: time) })
    }

    /// Swaps refetched versions in, wherever another version of the same lineage is published.
    ///
    /// When it returns, new opens see the new versions; held ones keep theirs. A mount of a single file keeps
    /// the version that it was made of.
    package func replace(with versions: [SecretVersion]) {
        let time = server.clock.now().nanoseconds
        tell(
            server.inodes.withLock { inodes in
                versions.flatMap { inodes.replace(with: $0, time: time) }
            }
        )
    }

    /// Starts answering on `descriptor` (of /dev/fuse), on threads of its own; call once.
    package func serve(
        _ descriptor: consuming FileDescriptor,
        threads: Int = 2
    ) throws(FUSEError) {
        let started = try FUSESession(server, on: descriptor)
        session.withLock { session in
            precondition(session == nil, "a filesystem serves one mount")
            session = started
        }
        server.sweeper.drop(by: { [weak started] inode in started?.invalidateContent(of: inode) })
        started.start(threads: threads)
    }

    /// Stops answering and lets every value go; idempotent.
    ///
    /// Readers that wait, and all that come later, get an error (ENOTCONN, ECONNABORTED). Waits for
    /// records to be taken down where one is under way; blocks for a few milliseconds otherwise.
    package func stop() {
        server.sweeper.drop(by: nil)
        session.withLock { $0 }?.stop()
        server.clear()
    }

    /// Must not be called with a lock held that a filesystem thread takes.
    private func tell(_ changes: [ChangedName]) {
        guard let session = session.withLock({ $0 }) else { return }
        for change in changes {
            session.invalidate(change.name.span, in: change.directory)
            session.invalidateAttributes(of: change.directory)
        }
    }

    private static func names(of path: String) -> [[UInt8]] {
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
        precondition(names.allSatisfy(InodeTable.isName), "a tree's path is made of plain names")
        return names
    }
}
