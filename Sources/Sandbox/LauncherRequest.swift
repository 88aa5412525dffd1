// SPDX-License-Identifier: Apache-2.0

/// What the launcher can be asked; CLinux's protocol.h has the same numbers and the fields.
enum LauncherRequest: UInt32 {
    case configure = 1
    case mountSecrets = 2
    case createTask = 3
    case removeTask = 4
    case start = 5
    /// Has no reply.
    case prepare = 6
    case openSocket = 7
}
