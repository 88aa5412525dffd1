// SPDX-License-Identifier: Apache-2.0

/// What the launcher answers; CLinux's protocol.h has the same numbers and the fields.
enum LauncherReplyKind: UInt32 {
    case done = 1
    case failed = 2
    case started = 3
    case exited = 4
}
