// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Testing

struct MessageAuthenticatorTests {
    @Test func `one made ready once gives the code of each message, however it is cut`() throws {
        let key = try LockedBytes(copying: Array("the key".utf8).span)
        var authenticator = try MessageAuthenticator(key: key)
        for count in [0, 1, 55, 64, 65, 1000] {
            let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let expected = try key.withBytes { key throws(CryptographyError) in
                try HMACSHA256.authenticate(message.span, key: key)
            }
            for cut in Set([0, count / 2, count]) {
                let (first, second) = (Array(message[..<cut]), Array(message[cut...]))
                #expect(try authenticator.authenticate(first.span, second.span) == expected)
            }
        }
    }
}
