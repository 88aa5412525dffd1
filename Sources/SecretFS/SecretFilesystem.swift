// SPDX-License-Identifier: Apache-2.0
package import Platform
package import Secrets

/// The read-only filesystem of one run's secrets.
///
/// Each step has trees of its own below the root; the launcher mounts a tree, never the root, into the
/// step's world. Values are served from memory.
package final class SecretFilesystem: Sendable {
    /// - Parameter onAccess: called on a filesystem thread before the access is answered; when it
    ///   throws, the access fails with EIO (an access that cannot be recorded does not happen).
    package init(onAccess: @escaping @Sendable (SecretAccess) throws -> Void) {
        preconditionFailure("the filesystem lands next")
    }

    /// Makes a tree visible below the root.
    ///
    /// - Parameter path: relative and unused so far (`t0/s1/v0`).
    package func publish(_ files: [SecretFile], for reader: SecretReader, at path: String) {}

    /// Takes a tree away: new lookups fail, open files keep their version.
    package func withdraw(_ path: String) {}

    /// Swaps a refetched version in, wherever an older version of the same object is published; new
    /// opens see it, held ones keep theirs.
    package func replace(with version: SecretVersion) {}

    /// Starts answering on `descriptor` (of /dev/fuse), on threads of its own.
    package func serve(_ descriptor: consuming FileDescriptor, threads: Int = 2) throws {}

    /// Stops answering and lets every value go; idempotent.
    package func stop() {}
}
