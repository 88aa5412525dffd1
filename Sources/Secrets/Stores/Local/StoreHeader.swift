// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// The first bytes of a store file, in clear but authenticated along with what follows.
///
/// Numbers are big-endian. The first 12 bytes and the digest at the end are the same in every version, so
/// that a newer file is told from a damaged one:
///
///     0   8  "TACITSEC"             34  16  code of the key, see `StoreKey.check`
///     8   2  version, 1             50  12  nonce of AES-256-GCM
///     10  2  length of the header   62   8  length of what follows
///     12  1  1 key file, 2 passphrase
///     13  1  scrypt: log2 N         70  32  SHA-256 of the 70 bytes before
///     14  2  scrypt: r
///     16  2  scrypt: p
///     18 16  scrypt: salt
struct StoreHeader: Equatable {
    enum KeyKind: UInt8 {
        case file = 1
        case passphrase = 2
    }

    static let magic = Array("TACITSEC".utf8)
    static let version = 1
    static let byteCount = 102
    static let saltByteCount = 16
    static let checkByteCount = 16
    /// The fixed part that every version has.
    static let prefixByteCount = 12
    private static let longestHeader = 4096

    var keyKind: KeyKind
    var cost: Scrypt.Cost
    var salt: [UInt8]
    var keyCheck: [UInt8]
    var nonce: [UInt8]
    var payloadByteCount: Int

    /// The header as it stands in the file.
    func encode() throws(CryptographyError) -> [UInt8] {
        var bytes = Self.magic
        bytes.append(bigEndian: UInt16(Self.version))
        bytes.append(bigEndian: UInt16(Self.byteCount))
        bytes += [keyKind.rawValue, UInt8(cost.logarithmOfN)]
        bytes.append(bigEndian: UInt16(cost.r))
        bytes.append(bigEndian: UInt16(cost.p))
        bytes += salt + keyCheck + nonce
        bytes.append(bigEndian: UInt64(payloadByteCount))
        return bytes + (try SHA256.digest(of: bytes.span))
    }

    /// Reads the header of a file and checks its length against the file's.
    static func decode(_ file: [UInt8], path: String) throws(LocalStoreError) -> StoreHeader {
        if file.count < prefixByteCount {
            if !magic.starts(with: file.prefix(magic.count)) { throw .notAStore(path: path) }
            throw .truncated(path: path, byteCount: file.count, expected: byteCount)
        }
        if !file.starts(with: magic) { throw .notAStore(path: path) }
        let version = Int(file.bigEndian(UInt16.self, at: 8))
        let length = Int(file.bigEndian(UInt16.self, at: 10))
        guard (prefixByteCount + SHA256.byteCount...longestHeader).contains(length) else {
            throw .corrupt(path: path, what: "its header gives no possible length")
        }
        if file.count < length {
            throw .truncated(path: path, byteCount: file.count, expected: length)
        }
        try verifyDigest(Array(file[..<length]), path: path)
        if version > Self.version { throw .newerVersion(path: path, version: version) }
        guard version == Self.version, length == byteCount, let kind = KeyKind(rawValue: file[12])
        else { throw .corrupt(path: path, what: "its header makes no sense") }
        let header = StoreHeader(
            keyKind: kind,
            cost: Scrypt.Cost(
                logarithmOfN: Int(file[13]),
                r: Int(file.bigEndian(UInt16.self, at: 14)),
                p: Int(file.bigEndian(UInt16.self, at: 16))
            ),
            salt: Array(file[18..<34]),
            keyCheck: Array(file[34..<50]),
            nonce: Array(file[50..<62]),
            payloadByteCount: Int(clamping: file.bigEndian(UInt64.self, at: 62))
        )
        try header.check(fileByteCount: file.count, path: path)
        return header
    }

    private static func verifyDigest(_ header: [UInt8], path: String) throws(LocalStoreError) {
        let body = Array(header.dropLast(SHA256.byteCount))
        do {
            if try SHA256.digest(of: body.span) == Array(header.suffix(SHA256.byteCount)) { return }
        } catch {
            throw .cryptography(error)
        }
        throw .corrupt(path: path, what: "its header was altered")
    }

    private func check(fileByteCount: Int, path: String) throws(LocalStoreError) {
        let rest = fileByteCount - Self.byteCount
        if rest < payloadByteCount {
            let expected = payloadByteCount.addingReportingOverflow(Self.byteCount)
            throw .truncated(
                path: path,
                byteCount: fileByteCount,
                expected: expected.overflow ? .max : expected.partialValue
            )
        }
        if rest > payloadByteCount {
            throw .corrupt(path: path, what: "\(rest - payloadByteCount) bytes follow its end")
        }
        if keyKind == .passphrase, !cost.isReasonable {
            throw .corrupt(path: path, what: "its passphrase would take too much memory to try")
        }
    }
}
