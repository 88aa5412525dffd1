// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// One header field of a request or an answer.
package struct HTTPHeader: Sendable {
    /// What stands behind the colon.
    package enum Value: Sendable {
        case text(String)
        /// A token; it is sent to the request's own server and to no other.
        case secret(SharedLockedBytes)
    }

    package var name: String
    package var value: Value

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = .text(value)
    }

    package init(_ name: String, secret value: SharedLockedBytes) {
        self.name = name
        self.value = .secret(value)
    }

    var isSecret: Bool { if case .secret = value { true } else { false } }

    /// Whether name and value can be sent as they are: no line end that would begin another field.
    var isWellFormed: Bool {
        let isToken = { (byte: UInt8) in
            byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: ":")
        }
        let isContent = { (byte: UInt8) in byte >= 0x20 && byte != 0x7f || byte == 0x09 }
        guard !name.isEmpty, name.utf8.allSatisfy(isToken) else { return false }
        switch value {
        case .text(let text): return text.utf8.allSatisfy(isContent)
        case .secret(let secret):
            return secret.bytes.withBytes { bytes in
                bytes.indices.allSatisfy { isContent(bytes[$0]) }
            }
        }
    }
}
