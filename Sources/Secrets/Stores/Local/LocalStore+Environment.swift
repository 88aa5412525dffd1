// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

extension LocalStore {
    /// The variable that names another key file.
    package static let keyFileVariable = "TACIT_STORE_KEY_FILE"
    /// The variable that names a file with the passphrase, which is used instead of a key file.
    package static let passphraseFileVariable = "TACIT_STORE_PASSPHRASE_FILE"

    /// The store of a state directory, opened by what the environment says.
    ///
    /// A passphrase file, too, must be readable by its owner only; one trailing newline is dropped. `auditKey`
    /// makes the fingerprints of what is fetched.
    package convenience init(
        stateDirectory: String,
        environment: [String: String],
        auditKey: AuditKey? = nil
    ) throws(LocalStoreError) {
        var paths = LocalStorePaths(stateDirectory: stateDirectory)
        if let path = environment[Self.keyFileVariable], !path.isEmpty { paths.key = path }
        var key = Key.file
        if let path = environment[Self.passphraseFileVariable], !path.isEmpty {
            key = .passphrase(try Self.passphrase(in: path))
        }
        self.init(paths: paths, key: key, auditKey: auditKey)
    }

    private static func passphrase(in path: String) throws(LocalStoreError) -> SharedLockedBytes {
        let text = try LocalStoreError.reading("`\(path)`") { () throws(LockedFile.Failure) in
            StoreValue(try LockedFile.read(path, limit: 4096))
        }
        do {
            let status = try FileStatus(of: path)
            if !status.isPrivate {
                throw LocalStoreError.keyExposed(
                    path: path,
                    permissions: status.permissions,
                    isOwnedByUs: status.isOwnedByUs
                )
            }
            let phrase = try text.droppingTrailingNewline().copy()
            if phrase.count == 0 {
                throw LocalStoreError.refused("passphrase file `\(path)` is empty")
            }
            return SharedLockedBytes(phrase)
        } catch let error as LocalStoreError {
            throw error
        } catch let error as SystemError {
            throw .system(error)
        } catch let error as CryptographyError {
            throw .cryptography(error)
        } catch {
            preconditionFailure("reading a passphrase throws its own errors only: \(error)")
        }
    }
}
