// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Testing

/// Test cases 13 to 16 of McGrew and Viega's GCM specification, which NIST SP 800-38D refers to.
struct AES256GCMTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var name: String
        var key: String
        var nonce: String
        var plaintext = ""
        var header = ""
        var ciphertext = ""
        var tag: String
        var testDescription: String { name }
    }

    static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    static let zeros = String(repeating: "0", count: 64)
    static let text = """
        d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
        1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
        """
    static let sealed = """
        522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
        8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
        """
    static let vectors = [
        Vector(
            name: "13",
            key: zeros,
            nonce: "000000000000000000000000",
            tag: "530f8afbc74536b9a963b4f1c4cb738b"
        ),
        Vector(
            name: "14",
            key: zeros,
            nonce: "000000000000000000000000",
            plaintext: "00000000000000000000000000000000",
            ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
            tag: "d0d1c8a799996bf0265b98b5d48ab919"
        ),
        Vector(
            name: "15",
            key: key,
            nonce: "cafebabefacedbaddecaf888",
            plaintext: text + "1aafd255",
            ciphertext: sealed + "898015ad",
            tag: "b094dac5d93471bdec1a502270e3cc6c"
        ),
        Vector(
            name: "16",
            key: key,
            nonce: "cafebabefacedbaddecaf888",
            plaintext: text,
            header: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            ciphertext: sealed,
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ]

    @Test(arguments: vectors) func `the published vectors come out`(vector: Vector) throws {
        let key = try LockedBytes(copying: bytes(vector.key).span)
        let sealed = try AES256GCM.seal(
            bytes(vector.plaintext).span,
            key: key,
            nonce: bytes(vector.nonce).span,
            header: bytes(vector.header).span
        )
        #expect(sealed == bytes(vector.ciphertext) + bytes(vector.tag))
        let opened = try AES256GCM.open(
            sealed.span,
            key: key,
            nonce: bytes(vector.nonce).span,
            header: bytes(vector.header).span
        )
        let plaintext = copy(opened)
        #expect(plaintext == bytes(vector.plaintext))
    }

    @Test func `one altered bit anywhere is noticed`() throws {
        let key = try LockedBytes(copying: bytes(Self.key).span)
        let nonce = bytes("cafebabefacedbaddecaf888")
        let header = Array("header".utf8)
        let sealed = try AES256GCM.seal(
            Array("value".utf8).span,
            key: key,
            nonce: nonce.span,
            header: header.span
        )
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 1
            #expect(throws: CryptographyError.notAuthentic, "byte \(index)") {
                try verify(altered, key, nonce, header)
            }
        }
        #expect(throws: CryptographyError.notAuthentic) {
            try verify(sealed, key, nonce, Array("Header".utf8))
        }
        #expect(throws: CryptographyError.notAuthentic) {
            try verify(Array(sealed.prefix(15)), key, nonce, header)
        }
    }

    @Test func `another key does not open it`() throws {
        let nonce = bytes("cafebabefacedbaddecaf888")
        let header: [UInt8] = []
        let sealed = try AES256GCM.seal(
            Array("value".utf8).span,
            key: try LockedBytes(copying: bytes(Self.key).span),
            nonce: nonce.span,
            header: header.span
        )
        #expect(throws: CryptographyError.notAuthentic) {
            try verify(sealed, try LockedBytes(copying: bytes(Self.zeros).span), nonce, [])
        }
    }

    private func verify(
        _ sealed: [UInt8],
        _ key: borrowing LockedBytes,
        _ nonce: [UInt8],
        _ header: [UInt8]
    ) throws {
        _ = try AES256GCM.open(sealed.span, key: key, nonce: nonce.span, header: header.span)
    }
}
