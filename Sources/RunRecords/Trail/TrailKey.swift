// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// The key under which the lines of event files are chained; 32 bytes.
///
/// Whoever has it can make lines that look genuine, so it is kept apart from them.
package final class TrailKey: Sendable {
    let key: LockedBytes

    package init(_ key: consuming LockedBytes) {
        self.key = key
    }
}
