// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// A JSON document whose strings lie in locked memory; only the names of members are ordinary text.
indirect enum SecretJSON: Sendable {
    /// One member; `offset` is where its name starts.
    struct Member: Sendable {
        var name: String
        var value: SecretJSON
        var offset: Int
    }

    case null
    case bool
    case number
    case string(StoreValue)
    case array([SecretJSON])
    /// In the document's order; names may repeat.
    case object([Member])

    /// Why a text was not read; never with a part of it.
    enum Failure: Error, Equatable {
        case malformed(offset: Int, String)
        case cryptography(CryptographyError)
    }

    /// Reads a text that holds exactly one value (RFC 8259).
    static func parse(_ bytes: Span<UInt8>) throws(Failure) -> SecretJSON {
        var reader = SecretJSONReader()
        let value = try reader.value(bytes, depth: 0)
        reader.skipSpace(bytes)
        if reader.offset != bytes.count {
            throw .malformed(offset: reader.offset, "something follows the value")
        }
        return value
    }

    /// The value of the last member of that name; `nil` when this is no object or has no such member.
    subscript(_ name: String) -> SecretJSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// What a message calls it.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
