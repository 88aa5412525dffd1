// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Synchronization

/// What was taken out of wrappings that serve once, for as long as this process lives.
final class UnwrappedSecrets: Sendable {
    private struct Entry {
        var wrapping: SharedLockedBytes
        var content: SharedLockedBytes
    }

    private let entries = Mutex<[Entry]>([])

    subscript(_ wrapping: SharedLockedBytes) -> SharedLockedBytes? {
        get {
            entries.withLock { entries in
                entries.first { $0.wrapping.bytes.isEqual(to: wrapping.bytes) }?.content
            }
        }
        set {
            guard let newValue else { return }
            entries.withLock { $0.append(Entry(wrapping: wrapping, content: newValue)) }
        }
    }
}
