// SPDX-License-Identifier: Apache-2.0

/// The providers whose classes are understood.
package enum SecretProvider: String, Sendable, CaseIterable {
    case vault
    case openbao
    case aws
    case azure
    case gcp
    /// Files that the user's configuration names.
    case file
    /// Commands that the user's configuration names.
    case exec
}
