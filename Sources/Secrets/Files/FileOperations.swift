// SPDX-License-Identifier: Apache-2.0
package import Platform

/// The calls that change files, behind closures so that a test can make the n-th one fail.
package struct FileOperations: Sendable {
    /// Makes a file that must not exist, 0600.
    package var create: @Sendable (String) throws(SystemError) -> FileDescriptor
    /// Writes all of the bytes.
    package var write: @Sendable (borrowing FileDescriptor, Span<UInt8>) throws(SystemError) -> Void
    /// Makes a file's bytes durable.
    package var synchronize: @Sendable (borrowing FileDescriptor) throws(SystemError) -> Void
    /// Gives the first path the name of the second.
    package var rename: @Sendable (String, String) throws(SystemError) -> Void
    /// Makes the names in a directory durable.
    package var synchronizeDirectory: @Sendable (String) throws(SystemError) -> Void
    /// Takes a name away.
    package var remove: @Sendable (String) throws(SystemError) -> Void

    /// The kernel's.
    package static let system = FileOperations(
        create: { path throws(SystemError) in
            try FileDescriptor.open(path, [.writeOnly, .create, .exclusive, .noFollow])
        },
        write: { file, bytes throws(SystemError) in try file.write(bytes) },
        synchronize: { file throws(SystemError) in try file.synchronize() },
        rename: { from, to throws(SystemError) in try Directory.rename(from, to: to) },
        synchronizeDirectory: { path throws(SystemError) in try Directory.synchronize(path) },
        remove: { path throws(SystemError) in try Directory.unlink(path) }
    )
}
