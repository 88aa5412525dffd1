// SPDX-License-Identifier: Apache-2.0

/// Locked bytes that several holders share; the last one's release wipes them.
package final class SharedLockedBytes: Sendable {
    /// What is shared.
    package let bytes: LockedBytes

    package init(_ bytes: consuming LockedBytes) {
        self.bytes = bytes
    }
}
