// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// What a login gave.
struct VaultToken: Sendable {
    var value: SharedLockedBytes
    /// The store's public name of it; empty when unknown.
    var accessor = ""
    /// How long it is good from its issue on; `nil` for ever, or when unknown.
    var lifetime: Duration?
    var isRenewable = false
    /// Whether it was made for this process, which then ends it.
    var isOurs: Bool
}
