// SPDX-License-Identifier: Apache-2.0
import Cryptography

extension LocalStore {
    func storeKey(for header: StoreHeader) throws(LocalStoreError) -> StoreKey {
        switch (key, header.keyKind) {
        case (.file, .file):
            guard let bytes = try readKeyFile() else { throw .keyMissing(path: paths.key) }
            return try wrapped { () throws(CryptographyError) in try StoreKey(file: bytes) }
        case (.passphrase(let phrase, _), .passphrase):
            return try wrapped { () throws(CryptographyError) in
                try StoreKey(passphrase: phrase.bytes, cost: header.cost, salt: header.salt)
            }
        case (.file, .passphrase):
            throw .otherKeyKind(path: paths.store, needsPassphrase: true)
        case (.passphrase, .file):
            throw .otherKeyKind(path: paths.store, needsPassphrase: false)
        }
    }

    /// The key of a store that is about to be made.
    ///
    /// A key file that is there already is used.
    func newKey() throws(LocalStoreError) -> StoreKey {
        switch key {
        case .file:
            if let bytes = try readKeyFile() {
                return try wrapped { () throws(CryptographyError) in try StoreKey(file: bytes) }
            }
            let bytes = try makeKeyFile()
            return try wrapped { () throws(CryptographyError) in try StoreKey(file: bytes) }
        case .passphrase(let phrase, let cost):
            return try wrapped { () throws(CryptographyError) in
                let salt = try RandomKey.salt(byteCount: StoreHeader.saltByteCount)
                return try StoreKey(passphrase: phrase.bytes, cost: cost, salt: salt)
            }
        }
    }

    private func readKeyFile() throws(LocalStoreError) -> LockedBytes? {
        do {
            return try KeyFile.read(paths.key)
        } catch {
            throw error.storeError(paths.key)
        }
    }

    private func makeKeyFile() throws(LocalStoreError) -> LockedBytes {
        do {
            return try KeyFile.create(paths.key, files)
        } catch {
            throw error.storeError(paths.key)
        }
    }

    private func wrapped<Outcome>(
        _ body: () throws(CryptographyError) -> Outcome
    ) throws(LocalStoreError) -> Outcome {
        do {
            return try body()
        } catch {
            throw .cryptography(error)
        }
    }
}

extension KeyFile.Failure {
    fileprivate func storeError(_ path: String) -> LocalStoreError {
        switch self {
        case .exposed(let permissions, let isOwnedByUs):
            .keyExposed(path: path, permissions: permissions, isOwnedByUs: isOwnedByUs)
        case .malformed(let count): .keyMalformed(path: path, byteCount: count)
        case .system(let error): .system(error)
        case .cryptography(let error): .cryptography(error)
        }
    }
}
