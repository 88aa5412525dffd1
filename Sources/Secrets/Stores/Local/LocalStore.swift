// SPDX-License-Identifier: Apache-2.0
package import Cryptography
package import Platform

/// The embedded store: one encrypted file, read whole into locked memory and replaced whole.
///
/// Readers take no lock, since a file is replaced atomically; writers hold a lock from reading to replacing.
/// The file is authenticated as a whole; that an older copy of it was put back cannot be noticed.
package final class LocalStore: Sendable {
    /// What opens the file.
    package enum Key: Sendable {
        /// The file `LocalStorePaths.key`, made along with the store.
        case file
        /// Stretched with scrypt.
        case passphrase(SharedLockedBytes, cost: Scrypt.Cost = .interactive)
    }

    /// Where its files are.
    package let paths: LocalStorePaths
    let key: Key
    let auditKey: AuditKey?
    private let clock: WallClock
    let files: FileOperations

    /// Names the store; nothing is read or made yet.
    ///
    /// `auditKey` makes the fingerprints of what is fetched; without it there are none.
    package init(
        paths: LocalStorePaths,
        key: Key = .file,
        auditKey: AuditKey? = nil,
        clock: WallClock = .system,
        files: FileOperations = .system
    ) {
        self.paths = paths
        self.key = key
        self.auditKey = auditKey
        self.clock = clock
        self.files = files
    }

    /// Reads the records.
    ///
    /// - Throws: `LocalStoreError.missing` when there is no store yet.
    package func load() throws(LocalStoreError) -> StoreRecords {
        guard let file = try read() else { throw .missing(path: paths.store) }
        return try open(file).records
    }

    /// Changes the records: all of what `change` does is written, or nothing.
    ///
    /// The store, and its key file, are made when missing. `change` is given the records and the time;
    /// when it throws, nothing is written.
    package func edit(
        _ change: (inout StoreRecords, Timestamp) throws(LocalStoreError) -> Void
    ) throws(LocalStoreError) {
        do {
            try Directory.create(AtomicFile.directory(of: paths.store), permissions: 0o700)
            try Directory.create(AtomicFile.directory(of: paths.key), permissions: 0o700)
        } catch {
            throw .system(error)
        }
        let lock = try StoreLock.take(paths)
        var (records, storeKey) = try openOrCreate()
        try change(&records, clock.now())
        let encoded = try records.encode()
        do {
            let sealed = try storeKey.seal(encoded)
            try AtomicFile(path: paths.store, files: files).replace(with: sealed.span)
        } catch let error as SystemError {
            throw .system(error)
        } catch let error as CryptographyError {
            throw .cryptography(error)
        } catch {
            preconditionFailure("sealing and replacing throw their own errors only: \(error)")
        }
        withExtendedLifetime(lock) {}
    }

    private func openOrCreate() throws(LocalStoreError) -> (StoreRecords, StoreKey) {
        if let file = try read() {
            let opened = try open(file)
            return (opened.records, opened.key)
        }
        return (StoreRecords(), try newKey())
    }

    /// The whole file; `nil` when there is none.
    private func read() throws(LocalStoreError) -> [UInt8]? {
        do {
            let file = try FileDescriptor.open(paths.store)
            return try file.readToEnd(limit: StoreRecords.byteLimit + 65536)
        } catch {
            if error.code == .notFound { return nil }
            throw .system(error)
        }
    }

    private func open(
        _ file: [UInt8]
    ) throws(LocalStoreError) -> (records: StoreRecords, key: StoreKey) {
        let header = try StoreHeader.decode(file, path: paths.store)
        let storeKey = try storeKey(for: header)
        let block = SharedLockedBytes(try storeKey.open(file, header, path: paths.store))
        guard let records = StoreRecords.decode(block) else {
            throw .corrupt(path: paths.store, what: "its records make no sense")
        }
        return (records, storeKey)
    }
}
