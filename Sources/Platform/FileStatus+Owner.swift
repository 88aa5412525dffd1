// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileStatus {
    /// Whether only this process's effective user and root can change or read it.
    package var isPrivate: Bool { isOwnedByUs && permissions & 0o077 == 0 }

    /// Whether it belongs to this process's effective user or to root.
    package var isOwnedByUs: Bool { owner == geteuid() || owner == 0 }
}
