// SPDX-License-Identifier: Apache-2.0
package import Cryptography
package import Platform

/// Why the embedded store could not be read or changed.
package enum LocalStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no store file yet.
    case missing(path: String)
    /// There is a store file but no key file.
    case keyMissing(path: String)
    /// Others than its owner may read the key file, or it is someone else's.
    case keyExposed(path: String, permissions: UInt32, isOwnedByUs: Bool)
    /// The key file does not hold 32 bytes.
    case keyMalformed(path: String, byteCount: Int)
    /// The file was sealed by another key or passphrase.
    case wrongKey(path: String)
    /// The file was sealed by a passphrase and a key file was given, or the other way about.
    case otherKeyKind(path: String, needsPassphrase: Bool)
    case notAStore(path: String)
    /// It ends early.
    case truncated(path: String, byteCount: Int, expected: Int)
    case corrupt(path: String, what: String)
    case newerVersion(path: String, version: Int)
    /// Another process is changing it.
    case busy(path: String, holder: String)
    /// A name, key or value that it does not take.
    case refused(String)
    case noSuchName(String, hint: String?)
    case noSuchKey(name: String, key: String, hint: String?)
    case system(SystemError)
    case cryptography(CryptographyError)

    package var description: String {
        switch self {
        case .missing(let path):
            "there is no store at `\(path)`; `tacit secret set NAME KEY=-` makes it"
        case .notAStore(let path):
            "`\(path)` is no tacit store, or its first bytes are damaged; restore it from a copy"
        case .truncated(let path, let count, let expected):
            "store `\(path)` is truncated: \(count) of \(expected) bytes; restore it from a copy"
        case .corrupt(let path, let what):
            "store `\(path)` is corrupt: \(what); restore it from a copy"
        case .newerVersion(let path, let version):
            "store `\(path)` is of version \(version), made by a newer tacit; use that one"
        case .busy(let path, let holder):
            "store `\(path)` is being changed by \(holder); try again when it is done"
        case .refused(let why): why
        case .noSuchName(let name, let hint): "no such secret `\(name)`" + Self.suffix(hint)
        case .noSuchKey(let name, let key, let hint):
            "secret `\(name)` has no key `\(key)`" + Self.suffix(hint)
        case .system(let error): "\(error)"
        case .cryptography(let error): "\(error)"
        default: keyDescription
        }
    }

    private var keyDescription: String {
        switch self {
        case .keyMissing(let path):
            "the store's key file `\(path)` is missing; restore it, or remove the store and start "
                + "anew"
        case .keyExposed(let path, let permissions, true):
            "others can read key file `\(path)` (mode \(String(permissions, radix: 8))); run "
                + "`chmod 600 \(path)`"
        case .keyExposed(let path, _, false):
            "key file `\(path)` belongs to another user; use a key file of your own"
        case .keyMalformed(let path, let count):
            "key file `\(path)` holds \(count) bytes instead of \(AES256GCM.keyByteCount); restore "
                + "it from a copy"
        case .wrongKey(let path):
            "the key or passphrase is not the one that store `\(path)` was sealed with"
        case .otherKeyKind(let path, true):
            "store `\(path)` was sealed with a passphrase; name a file that holds it in "
                + "\(LocalStore.passphraseFileVariable)"
        case .otherKeyKind(let path, false):
            "store `\(path)` was sealed with a key file; unset \(LocalStore.passphraseFileVariable)"
        default: ""
        }
    }

    private static func suffix(_ hint: String?) -> String { hint.map { "; \($0)" } ?? "" }
}
