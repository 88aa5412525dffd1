// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// One way to write a value; a pure function from bytes to bytes that stay in locked memory.
struct SecretEncoder: Sendable {
    let encoding: NeedleEncoding
    /// Appends what becomes of the bytes.
    let write: @Sendable (Span<UInt8>, inout LockedBuffer) -> Void

    /// This encoder's output in another encoding.
    func then(_ outer: SecretEncoder) -> SecretEncoder {
        SecretEncoder(encoding: outer.encoding) { bytes, output in
            var inner = LockedBuffer.forSecrets()
            write(bytes, &inner)
            inner.withBytes { outer.write($0, &output) }
        }
    }
}

extension LockedBuffer {
    /// An empty buffer for derived secrets.
    static func forSecrets(capacity: Int = 4096, slack: Int = 0) -> LockedBuffer {
        do {
            return try LockedBuffer(capacity: capacity, slack: slack)
        } catch {
            preconditionFailure("memory for secrets can be mapped: \(error)")
        }
    }

    /// Appends the UTF-8 of a text that is no secret.
    mutating func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }
}
