// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

/// A file of 32 random bytes that nobody but its owner may read.
enum KeyFile {
    static let byteCount = 32

    enum Failure: Error {
        case exposed(permissions: UInt32, isOwnedByUs: Bool)
        case malformed(byteCount: Int)
        case system(SystemError)
        case cryptography(CryptographyError)
    }

    /// Reads a key; `nil` when there is no such file.
    static func read(_ path: String) throws(Failure) -> LockedBytes? {
        do {
            let file = try FileDescriptor.open(path)
            return try read(file)
        } catch let error as SystemError {
            if error.code == .notFound { return nil }
            throw .system(error)
        } catch let error as Failure {
            throw error
        } catch {
            throw .malformed(byteCount: 0)
        }
    }

    private static func read(_ file: borrowing FileDescriptor) throws -> LockedBytes {
        let status = try FileStatus(of: file)
        if !status.isPrivate {
            throw Failure.exposed(
                permissions: status.permissions,
                isOwnedByUs: status.isOwnedByUs
            )
        }
        if status.kind != .regular || status.byteCount != byteCount {
            throw Failure.malformed(byteCount: status.byteCount)
        }
        do {
            let key = try LockedFile.readToEnd(file, limit: byteCount)
            if key.count != byteCount { throw Failure.malformed(byteCount: key.count) }
            return key
        } catch LockedFile.Failure.cryptography(let error) {
            throw Failure.cryptography(error)
        } catch LockedFile.Failure.system(let error) {
            throw error
        }
    }

    /// Makes a key and its file.
    ///
    /// The caller holds a lock against others who would.
    static func create(_ path: String, _ files: FileOperations) throws(Failure) -> LockedBytes {
        do {
            let key = try RandomKey.generate(byteCount: byteCount)
            try key.withBytes { bytes in
                try AtomicFile(path: path, files: files).replace(with: bytes)
            }
            return key
        } catch let error as SystemError {
            throw .system(error)
        } catch let error as CryptographyError {
            throw .cryptography(error)
        } catch {
            throw .malformed(byteCount: 0)
        }
    }
}
