// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// The name of an object: SHA-1 of its content, 40 lower-case hex digits.
package struct ObjectID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Takes 40 hex digits; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 40, text.utf8.allSatisfy(Self.isHexDigit) else { return nil }
        description = text.lowercased()
    }

    init(_ id: git_oid) {
        var id = id
        var text = [CChar](repeating: 0, count: 41)
        unsafe _ = cgit2_oid_fmt(&text, &id)
        description = String(decoding: text.prefix(40).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    var native: git_oid {
        var id = git_oid()
        let code = unsafe cgit2_oid_fromstr(&id, description)
        precondition(code == 0, "40 hex digits are an object's name")
        return id
    }

    /// Adds the 20 bytes.
    func appendBytes(to bytes: inout [UInt8]) {
        let native = native
        unsafe withUnsafeBytes(of: native) { unsafe bytes.append(contentsOf: $0) }
    }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
