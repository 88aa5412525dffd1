// SPDX-License-Identifier: Apache-2.0

/// One process's access to one secret file: who read what, when.
package struct SecretAccess: Sendable {
    package enum Kind: String, Sendable {
        case open
        /// The first read of an open file by a process other than its opener.
        case read
    }

    package var kind: Kind
    package var file: AccessedFile
    package var pid: Int32
    package var uid: UInt32
    /// /proc/PID/exe; the command name and `(unreadable)` where the kernel does not tell.
    package var executable: String

    package init(
        kind: Kind,
        file: AccessedFile,
        pid: Int32,
        uid: UInt32,
        executable: String
    ) {
        self.kind = kind
        self.file = file
        self.pid = pid
        self.uid = uid
        self.executable = executable
    }
}
