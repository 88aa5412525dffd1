// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

extension LocalLookup {
    /// Makes the file's content of a record.
    func select(
        from record: StoreRecords.Record,
        _ name: String
    ) throws(Failure) -> LockedBytes {
        do {
            switch selection {
            case .key(let key, let encoding): return try value(key, encoding, record, name)
            case .content: return try content(record, name)
            case .member(let key, let style): return try member(key, style, record, name)
            case .vaultSecret(let isVersioned):
                return try vaultSecret(record, name, isVersioned: isVersioned)
            case .unsupported(let why): throw Failure(message: why)
            }
        } catch let error as Failure {
            throw error
        } catch {
            throw Failure(message: "\(error)")
        }
    }

    private func value(
        _ key: String,
        _ encoding: SecretEncoding,
        _ record: StoreRecords.Record,
        _ name: String
    ) throws -> LockedBytes {
        guard let value = record.values[key] else {
            let keys = record.values.keys.sortedByBytes
            throw Failure(
                message: "secret `\(name)` has no key `\(key)`; it has \(keys.quotedList)",
                remedy: "`tacit secret set \(name) \(key)=-` makes it"
            )
        }
        let decoded = try value.withBytes { bytes throws(CryptographyError) in
            try encoding.decode(bytes)
        }
        guard let decoded else {
            throw Failure(
                message: "key `\(key)` of secret `\(name)` is not \(encoding.rawValue), as the "
                    + "object's encoding says"
            )
        }
        return decoded
    }

    private func content(_ record: StoreRecords.Record, _ name: String) throws -> LockedBytes {
        if record.values[LocalStore.contentKey] != nil {
            return try value(LocalStore.contentKey, .utf8, record, name)
        }
        var writer = try LockedWriter(capacity: 256)
        try append(record.values, of: name, escapesHTML: false, to: &writer)
        return writer.finish()
    }

    private func vaultSecret(
        _ record: StoreRecords.Record,
        _ name: String,
        isVersioned: Bool
    ) throws -> LockedBytes {
        var writer = try LockedWriter(capacity: 512)
        try writer.append(
            #"{"request_id":"","lease_id":"","lease_duration":0,"renewable":false,"data":"#
        )
        if isVersioned { try writer.append(#"{"data":"#) }
        try append(record.values, of: name, escapesHTML: true, to: &writer)
        if isVersioned {
            try writer.append(#","metadata":{"created_time":"\#(record.changed.microseconds)","#)
            try writer.append(#""custom_metadata":null,"deletion_time":"","destroyed":false,"#)
            try writer.append(#""version":\#(record.version)}}"#)
        }
        try writer.append(#","warnings":null}"#)
        return writer.finish()
    }

    private func append(
        _ values: [String: StoreValue],
        of name: String,
        escapesHTML: Bool,
        to writer: inout LockedWriter
    ) throws {
        var separator = "{"
        for key in values.keys.sortedByBytes {
            guard let value = values[key] else { continue }
            try writer.append(separator)
            separator = ","
            _ = try writer.append(json: Array(key.utf8).span, escapesHTML: escapesHTML)
            try writer.append(UInt8(ascii: ":"))
            let isText = try value.withBytes { bytes throws(CryptographyError) in
                try writer.append(json: bytes, escapesHTML: escapesHTML)
            }
            if !isText {
                throw Failure(
                    message: "key `\(key)` of secret `\(name)` is not text, so the whole secret "
                        + "cannot be written as JSON",
                    remedy: "ask for one key of it"
                )
            }
        }
        try writer.append("}")
    }

    private func member(
        _ key: String,
        _ style: MemberStyle,
        _ record: StoreRecords.Record,
        _ name: String
    ) throws -> LockedBytes {
        if record.values[key] != nil { return try value(key, .utf8, record, name) }
        guard let content = record.values[LocalStore.contentKey] else {
            throw style.missing(key, name)
        }
        let document: SecretJSON
        do {
            document = try content.withBytes { bytes throws(SecretJSON.Failure) in
                try SecretJSON.parse(bytes)
            }
        } catch .malformed {
            throw style.malformed(name)
        } catch .cryptography(let error) {
            throw error
        }
        switch document[key] {
        case nil, .null: throw style.missing(key, name)
        case .string(let text):
            return try text.copy()
        default: throw style.wrongType(key)
        }
    }
}

/// The providers' own words.
extension LocalLookup.MemberStyle {
    fileprivate func missing(_ key: String, _ name: String) -> LocalLookup.Failure {
        let remedy = "`tacit secret set \(name) \(key)=-` makes it"
        switch self {
        case .aws(let path, let alias):
            return LocalLookup.Failure(
                message:
                    "JMES Path - \(path) for object alias - \(alias) does not point to a valid "
                    + "object",
                remedy: remedy
            )
        case .gcp:
            return LocalLookup.Failure(message: "key '\(key)' not found in JSON", remedy: remedy)
        }
    }

    fileprivate func wrongType(_ key: String) -> LocalLookup.Failure {
        switch self {
        case .aws(let path, _):
            LocalLookup.Failure(
                message: "Invalid JMES search result type for path:\(path). Only string is allowed."
            )
        case .gcp: LocalLookup.Failure(message: "unsupported value type for key '\(key)'")
        }
    }

    fileprivate func malformed(_ name: String) -> LocalLookup.Failure {
        switch self {
        case .aws:
            LocalLookup.Failure(message: "Invalid JSON used with jmesPath in secret: \(name)")
        case .gcp: LocalLookup.Failure(message: "the value of `\(name)` is no JSON object")
        }
    }
}
