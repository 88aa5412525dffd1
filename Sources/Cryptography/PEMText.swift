// SPDX-License-Identifier: Apache-2.0

/// What a Kubernetes TLS Secret takes out of a PEM text (RFC 7468).
package enum PEMText {
    /// The CERTIFICATE blocks, in their order and written anew; empty when there are none.
    package static func certificates(
        in text: Span<UInt8>
    ) throws(CryptographyError) -> LockedBytes {
        let output = try MemoryStream.empty()
        try forEachBlock(of: text) { block throws(CryptographyError) in
            if block.isCertificate { try block.write(to: output) }
        }
        return try output.content()
    }

    /// The last block that is no certificate, as an RSA key (PKCS #1) or an elliptic curve's (SEC 1).
    ///
    /// - Returns: `nil` when there is no such block, or it is neither kind of key, or it is encrypted.
    package static func privateKey(
        in text: Span<UInt8>
    ) throws(CryptographyError) -> LockedBytes? {
        var key: PrivateKey?
        try forEachBlock(of: text) { block throws(CryptographyError) in
            if !block.isCertificate { key = block.privateKey() }
        }
        guard let key = key.take() else { return nil }
        let output = try MemoryStream.empty()
        return try key.writeTraditional(to: output) ? try output.content() : nil
    }

    private static func forEachBlock(
        of text: Span<UInt8>,
        _ body: (borrowing PEMBlock) throws(CryptographyError) -> Void
    ) throws(CryptographyError) {
        try unsafe text.withUnsafeBytes { bytes throws(CryptographyError) in
            let input = try unsafe MemoryStream.reading(bytes)
            while let block = PEMBlock(readingFrom: input) { try body(block) }
        }
    }
}
