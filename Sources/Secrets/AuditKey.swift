// SPDX-License-Identifier: Apache-2.0
package import Cryptography
package import Platform

/// The key under which records name values: they hold a keyed hash of a value, never the value.
///
/// The same value has the same fingerprint in every run on this host, and nobody without the key can test a
/// guess. It lies in the state directory (`audit.key`, 32 random bytes, 0600) and is made on first use.
package final class AuditKey: Sendable {
    /// Why there is no key.
    package enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
        /// Others can read it, or it is someone else's, or it does not hold 32 bytes.
        case unusable(path: String, why: String)
        case system(SystemError)
        case cryptography(CryptographyError)

        package var description: String {
            switch self {
            case .unusable(let path, let why): "audit key `\(path)` \(why)"
            case .system(let error): "\(error)"
            case .cryptography(let error): "\(error)"
            }
        }
    }

    private let key: LockedBytes

    /// Takes a key that is held elsewhere; 32 bytes.
    package init(_ key: consuming LockedBytes) {
        self.key = key
    }

    /// Reads the key of a state directory, and makes both when missing.
    ///
    /// Safe against another process that does the same at the same time: both get one key.
    package static func open(
        stateDirectory: String,
        files: FileOperations = .system
    ) throws(Failure) -> AuditKey {
        let path = "\(stateDirectory)/audit.key"
        do {
            if let key = try KeyFile.read(path) { return AuditKey(key) }
            try Directory.create(stateDirectory, permissions: 0o700)
            let lock = try wait(for: path + ".lock")
            if let key = try KeyFile.read(path) { return AuditKey(key) }
            let key = try KeyFile.create(path, files)
            withExtendedLifetime(lock) {}
            return AuditKey(key)
        } catch let error as KeyFile.Failure {
            throw error.auditFailure(path)
        } catch let error as SystemError {
            throw .system(error)
        } catch {
            throw .unusable(path: path, why: "cannot be read: \(error)")
        }
    }

    /// The value's fingerprint: `hmac-sha256:` and 64 hexadecimal digits.
    package func fingerprint(of value: borrowing LockedBytes) throws(CryptographyError) -> String {
        try value.withBytes { bytes throws(CryptographyError) in try fingerprint(of: bytes) }
    }

    /// The fingerprint of bytes that the caller holds in locked memory.
    package func fingerprint(of value: Span<UInt8>) throws(CryptographyError) -> String {
        let code = try key.withBytes { key throws(CryptographyError) in
            try HMACSHA256.authenticate(value, key: key)
        }
        let digits = Array("0123456789abcdef".utf8)
        let text = code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "hmac-sha256:" + String(decoding: text, as: UTF8.self)
    }

    /// A key for another purpose, which tells nothing about this one; 32 bytes.
    package func derive(_ purpose: String) throws(CryptographyError) -> LockedBytes {
        try HMACSHA256.derive(purpose, from: key)
    }

    /// Takes the lock, trying for two seconds: its holder writes 32 bytes.
    private static func wait(for path: String) throws -> FileLock {
        for _ in 0..<100 {
            do {
                return try FileLock(creating: path)
            } catch {
                if error.code != .wouldBlock { throw error }
            }
            SystemThread.sleep(nanoseconds: 20_000_000)
        }
        return try FileLock(creating: path)
    }
}

extension KeyFile.Failure {
    fileprivate func auditFailure(_ path: String) -> AuditKey.Failure {
        switch self {
        case .exposed(let permissions, true):
            let mode = String(permissions, radix: 8)
            return .unusable(path: path, why: "can be read by others (mode \(mode)); make it 0600")
        case .exposed: return .unusable(path: path, why: "belongs to another user")
        case .malformed(let count):
            return .unusable(path: path, why: "holds \(count) bytes instead of 32")
        case .system(let error): return .system(error)
        case .cryptography(let error): return .cryptography(error)
        }
    }
}
