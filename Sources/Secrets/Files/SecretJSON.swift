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
    case bool(Bool)
    /// As it is written.
    case number(StoreValue)
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

    /// The string as text, for what is no secret: a version, a request's id.
    var text: String? {
        guard case .string(let value) = self else { return nil }
        return value.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    /// The number, where it is a whole one.
    var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return value.withBytes { bytes in
            Int(String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self))
        }
    }

    /// The elements of a list; none for anything else.
    var elements: [SecretJSON] { if case .array(let elements) = self { elements } else { [] } }

    /// The members of an object; none for anything else.
    var members: [Member] { if case .object(let members) = self { members } else { [] } }
}
