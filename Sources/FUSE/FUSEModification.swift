// SPDX-License-Identifier: Apache-2.0

/// A request that would change the filesystem.
package enum FUSEModification: String, Sendable, CaseIterable {
    case setAttributes
    case makeNode
    case makeDirectory
    case unlink
    case removeDirectory
    case symbolicLink
    case rename
    case link
    case create
    case write
    case allocate
    case setExtendedAttribute
    case removeExtendedAttribute
}
