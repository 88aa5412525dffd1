// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Testing

struct KeyDerivationTests {
    /// RFC 7914, section 12; the fourth vector takes 1 GiB and is left out.
    @Test(arguments: [
        (
            "", "", Scrypt.Cost(logarithmOfN: 4, r: 1, p: 1),
            """
            77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442
            fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
            """
        ),
        (
            "password", "NaCl", Scrypt.Cost(logarithmOfN: 10, r: 8, p: 16),
            """
            fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162
            2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
            """
        ),
        (
            "pleaseletmein", "SodiumChloride", Scrypt.Cost(logarithmOfN: 14, r: 8, p: 1),
            """
            7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2
            d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
            """
        ),
    ])
    func `scrypt gives RFC 7914's keys`(
        passphrase: String,
        salt: String,
        cost: Scrypt.Cost,
        key: String
    ) throws {
        let derived = try Scrypt.derive(
            Array(passphrase.utf8).span,
            salt: Array(salt.utf8).span,
            cost: cost,
            byteCount: 64
        )
        let content = copy(derived)
        #expect(content == bytes(key))
    }

    @Test(arguments: [
        (Scrypt.Cost(logarithmOfN: 17, r: 8, p: 1), true),
        (Scrypt.Cost(logarithmOfN: 20, r: 7, p: 1), true),
        (Scrypt.Cost(logarithmOfN: 20, r: 9, p: 1), false),
        (Scrypt.Cost(logarithmOfN: 63, r: 8, p: 1), false),
        (Scrypt.Cost(logarithmOfN: 0, r: 8, p: 1), false),
        (Scrypt.Cost(logarithmOfN: 10, r: 0, p: 1), false),
        (Scrypt.Cost(logarithmOfN: 10, r: 8, p: 17), false),
    ])
    func `a cost beyond a gibibyte is not reasonable`(cost: Scrypt.Cost, reasonable: Bool) {
        #expect(cost.isReasonable == reasonable)
    }

    /// RFC 4231, sections 4.2, 4.3, 4.4 and 4.7.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `HMAC-SHA256 gives RFC 4231's codes`(
        key: [UInt8],
        message: [UInt8],
        code: String
    ) throws {
        #expect(hexadecimal(try HMACSHA256.authenticate(message.span, key: key.span)) == code)
    }

    @Test func `HMAC-SHA256 takes an empty message`() throws {
        let message: [UInt8] = []
        let code = try HMACSHA256.authenticate(message.span, key: Array("key".utf8).span)
        #expect(
            hexadecimal(code) == "5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0"
        )
    }

    @Test func `a derived key is the code of its purpose`() throws {
        let derived = copy(try HMACSHA256.derive("purpose", from: try locked("key")))
        let code = try HMACSHA256.authenticate(
            Array("purpose".utf8).span,
            key: Array("key".utf8).span
        )
        #expect(derived == code)
    }

    /// FIPS 180-4's examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `SHA-256 gives the standard's digests`(message: String, digest: String) throws {
        #expect(hexadecimal(try SHA256.digest(of: Array(message.utf8).span)) == digest)
    }

    @Test func `two random keys differ`() throws {
        let first = try RandomKey.generate(byteCount: 32)
        let second = try RandomKey.generate(byteCount: 32)
        #expect(first.count == 32)
        let areEqual = first.isEqual(to: second)
        #expect(!areEqual)
        #expect(try RandomKey.salt(byteCount: 16) != RandomKey.salt(byteCount: 16))
    }
}
