// SPDX-License-Identifier: Apache-2.0
package import Secrets

/// One process's access to one secret file: who read what, when.
package struct SecretAccess: Sendable {
    package enum Kind: String, Sendable {
        case open
        /// The first read of an open file by a process other than its opener.
        case read
    }

    package var kind: Kind
    /// Whose tree it was reached through.
    package var reader: SecretReader
    /// The file's path within the tree.
    package var path: String
    package var version: SecretVersion
    package var pid: Int32
    package var uid: UInt32
    /// /proc/PID/exe; the command name and `(unreadable)` where the kernel does not tell.
    package var executable: String
    /// Nanoseconds since 1970, UTC.
    package var nanoseconds: Int64

    package init(
        kind: Kind,
        reader: SecretReader,
        path: String,
        version: SecretVersion,
        pid: Int32,
        uid: UInt32,
        executable: String,
        nanoseconds: Int64
    ) {
        self.kind = kind
        self.reader = reader
        self.path = path
        self.version = version
        self.pid = pid
        self.uid = uid
        self.executable = executable
        self.nanoseconds = nanoseconds
    }
}
