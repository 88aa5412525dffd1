// SPDX-License-Identifier: Apache-2.0

/// What a task's steps and sidecars, which share it, can reach; the numbers are CLinux's `enum network_kind`.
package enum TaskNetwork: UInt32, Sendable {
    /// All that the host can.
    case host = 0
    /// Each other.
    case none = 1
    /// Each other and, through a translator on the host, what the host reaches beyond itself; not the host's
    /// loopback interface, nor the addresses at which clouds give out a machine's identity.
    case isolated = 2
}
