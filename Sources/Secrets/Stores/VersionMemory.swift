// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Synchronization

/// Remembers the last version of each object, so that one that has not changed stays the same.
///
/// A whole answer of Vault's holds the id of its request, which is new each time: without this such a file
/// would change at every look.
final class VersionMemory: Sendable {
    struct Key: Hashable, Sendable {
        var target: VaultTarget
        /// The object's, which masks show.
        var name: String
        var path: String
        var source: SecretObject.Source

        init(target: VaultTarget, object: SecretObject) {
            self.target = target
            name = object.name
            path = object.fileName
            source = object.source
        }
    }

    private struct Entry {
        var mark: [UInt8]
        var version: SecretVersion
    }

    private let entries = Mutex<[Key: Entry]>([:])
    /// A key of this process's own, so that the marks tell nothing about the values.
    private let key = Mutex<SharedLockedBytes?>(nil)

    /// The last version again if the content is the same, or else a new one.
    ///
    /// Parameter `blank`: the content without what changes each time; `nil` when nothing does.
    func version(
        _ key: Key,
        blank: consuming LockedBytes?,
        content: consuming LockedBytes,
        storeVersion: String,
        requestID: String,
        auditKey: AuditKey?
    ) throws(CryptographyError) -> SecretVersion {
        let mark: [UInt8]
        if let blank {
            mark = try self.mark(of: blank)
        } else {
            mark = try self.mark(of: content)
        }
        let last = entries.withLock { $0[key] }
        if let last, last.mark == mark, last.version.storeVersion == storeVersion {
            return last.version
        }
        let fingerprint = try auditKey?.fingerprint(of: content) ?? ""
        let version = SecretVersion(
            name: key.name,
            value: content,
            number: (last?.version.number ?? 0) + 1,
            storeVersion: storeVersion,
            requestID: requestID,
            fingerprint: fingerprint
        )
        entries.withLock { $0[key] = Entry(mark: mark, version: version) }
        return version
    }

    private func mark(of content: borrowing LockedBytes) throws(CryptographyError) -> [UInt8] {
        let key = try self.key.withLock { key throws(CryptographyError) in
            if let key { return key }
            let made = SharedLockedBytes(try RandomKey.generate(byteCount: 32))
            key = made
            return made
        }
        return try content.withBytes { content throws(CryptographyError) in
            try key.bytes.withBytes { key throws(CryptographyError) in
                try HMACSHA256.authenticate(content, key: key)
            }
        }
    }
}
