// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// The key of a store, from a key file or a passphrase, and what is derived from it.
struct StoreKey: Sendable {
    let kind: StoreHeader.KeyKind
    let cost: Scrypt.Cost
    let salt: [UInt8]
    private let encryption: SharedLockedBytes
    /// Tells a wrong key from a damaged file; says nothing else about the key.
    let check: [UInt8]

    /// Takes the 32 bytes of a key file.
    init(file key: borrowing LockedBytes) throws(CryptographyError) {
        try self.init(
            .file,
            key,
            cost: Scrypt.Cost(logarithmOfN: 0, r: 0, p: 0),
            salt: [UInt8](repeating: 0, count: StoreHeader.saltByteCount)
        )
    }

    /// Stretches a passphrase.
    init(
        passphrase: borrowing LockedBytes,
        cost: Scrypt.Cost,
        salt: [UInt8]
    ) throws(CryptographyError) {
        let key = try passphrase.withBytes { passphrase throws(CryptographyError) in
            try Scrypt.derive(passphrase, salt: salt.span, cost: cost, byteCount: 32)
        }
        try self.init(.passphrase, key, cost: cost, salt: salt)
    }

    private init(
        _ kind: StoreHeader.KeyKind,
        _ key: borrowing LockedBytes,
        cost: Scrypt.Cost,
        salt: [UInt8]
    ) throws(CryptographyError) {
        self.kind = kind
        self.cost = cost
        self.salt = salt
        encryption = SharedLockedBytes(try HMACSHA256.derive("tacit store: encryption", from: key))
        let code = try key.withBytes { key throws(CryptographyError) in
            try HMACSHA256.authenticate(Array("tacit store: key check".utf8).span, key: key)
        }
        check = Array(code.prefix(StoreHeader.checkByteCount))
    }

    /// Encrypts the records into the bytes of a store file, under a fresh nonce.
    func seal(_ records: borrowing LockedBytes) throws(CryptographyError) -> [UInt8] {
        let nonce = try RandomKey.salt(byteCount: AES256GCM.nonceByteCount)
        let header = try StoreHeader(
            keyKind: kind,
            cost: cost,
            salt: salt,
            keyCheck: check,
            nonce: nonce,
            payloadByteCount: records.count + AES256GCM.tagByteCount
        ).encode()
        let sealed = try records.withBytes { records throws(CryptographyError) in
            try AES256GCM.seal(
                records,
                key: encryption.bytes,
                nonce: nonce.span,
                header: header.span
            )
        }
        return header + sealed
    }

    /// Decrypts the records of a store file whose header has been read.
    func open(
        _ file: [UInt8],
        _ header: StoreHeader,
        path: String
    ) throws(LocalStoreError) -> LockedBytes {
        if !ConstantTime.areEqual(header.keyCheck.span, check.span) {
            throw .wrongKey(path: path)
        }
        let span = file.span
        do {
            return try AES256GCM.open(
                span.extracting(droppingFirst: StoreHeader.byteCount),
                key: encryption.bytes,
                nonce: header.nonce.span,
                header: span.extracting(first: StoreHeader.byteCount)
            )
        } catch .notAuthentic {
            throw .corrupt(path: path, what: "its content was altered")
        } catch {
            throw .cryptography(error)
        }
    }
}
