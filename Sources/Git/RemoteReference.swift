// SPDX-License-Identifier: Apache-2.0

/// A reference that a server has.
package struct RemoteReference: Sendable, Hashable {
    /// In full (`refs/heads/main`), or `HEAD`.
    package var name: String
    package var id: ObjectID
    /// What an annotated tag points at in the end; `nil` for everything else.
    package var peeled: ObjectID?
    /// The reference that HEAD stands for, where the server says it.
    package var symbolicTarget: String?
}
