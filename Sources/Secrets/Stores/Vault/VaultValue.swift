// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// Makes a file's content of an answer, as the providers do.
///
/// Source: openbao-csi-provider's `internal/provider`.
struct VaultValue {
    let object: VaultObject
    let reply: VaultReply

    /// The content; with `isBlank` without what changes from one answer to the next though the secret does not.
    func content(isBlank: Bool = false) throws(VaultFailure) -> LockedBytes {
        do {
            if object.secretKey.isEmpty { return try whole(isBlank: isBlank) }
            return try decoded(try select())
        } catch let failure as VaultFailure {
            throw failure
        } catch {
            throw VaultFailure(status: reply.status, "\(error)")
        }
    }

    /// The secret's version, where the store counts them: else the lease, which is new with each secret.
    var storeVersion: String {
        if let version = reply.data["metadata"]?["version"]?.integer { return String(version) }
        return reply.leaseID
    }

    /// A key of the second version's `data.data`, or else of `data`.
    private func select() throws -> LockedBytes {
        var source = reply.data
        if let inner = reply.data["data"], case .object = inner { source = inner }
        guard let value = source[object.secretKey] else {
            let keys = source.members.map(\.name)
            throw VaultFailure(
                status: reply.status,
                "key \"\(object.secretKey)\" does not exist at the secret path",
                remedy: keys.isEmpty ? "the secret is empty" : "it has \(keys.quotedList)"
            )
        }
        if case .string(let text) = value { return try text.copy() }
        var writer = try LockedWriter(capacity: 64)
        try writer.append(value)
        return writer.finish()
    }

    private func decoded(_ value: consuming LockedBytes) throws -> LockedBytes {
        if object.encoding == .utf8 { return value }
        let decoded = try value.withBytes { bytes throws(CryptographyError) in
            try object.encoding.decode(bytes)
        }
        guard let decoded else {
            throw VaultFailure(
                status: reply.status,
                "key `\(object.secretKey)` is not \(object.encoding.rawValue), as the object's "
                    + "encoding says"
            )
        }
        return decoded
    }

    /// The whole answer, its members in the order in which Go's client writes them.
    private func whole(isBlank: Bool) throws -> LockedBytes {
        var writer = try LockedWriter(capacity: 1024)
        let identifier = { (text: String) in isBlank ? "" : text }
        try writer.append(#"{"request_id":"#)
        try writer.append(quoted: identifier(reply.requestID))
        try writer.append(#","lease_id":"#)
        try writer.append(quoted: reply.leaseID)
        try writer.append(#","lease_duration":\#(isBlank ? 0 : reply.leaseSeconds)"#)
        try writer.append(#","renewable":\#(reply.isRenewable),"data":"#)
        try writer.append(reply.data)
        try writer.append(#","warnings":"#)
        try writer.append(reply.document["warnings"] ?? .null)
        for (name, member) in [("auth", reply.auth), ("wrap_info", reply.wrapping)] {
            guard let member else { continue }
            try writer.append(#","\#(name)":"#)
            try writer.append(member)
        }
        try writer.append("}")
        return writer.finish()
    }
}

extension LockedWriter {
    fileprivate mutating func append(quoted text: String) throws(CryptographyError) {
        _ = try append(json: Array(text.utf8).span, escapesHTML: true)
    }

    /// Appends JSON without spaces, members sorted by name, as Go's `json.Marshal` writes a map.
    fileprivate mutating func append(_ json: SecretJSON) throws(CryptographyError) {
        switch json {
        case .null: try append("null")
        case .bool(let value): try append(value ? "true" : "false")
        case .number(let text):
            try text.withBytes { bytes throws(CryptographyError) in try append(bytes) }
        case .string(let text):
            _ = try text.withBytes { bytes throws(CryptographyError) in
                try append(json: bytes, escapesHTML: true)
            }
        case .array(let elements):
            try append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { try append(",") }
                try append(element)
            }
            try append("]")
        case .object(let members):
            try append("{")
            let last = Dictionary(members.map { ($0.name, $0.value) }) { _, last in last }
            for (index, name) in last.keys.sortedByBytes.enumerated() {
                if index > 0 { try append(",") }
                try append(quoted: name)
                try append(":")
                try append(last[name] ?? .null)
            }
            try append("}")
        }
    }
}
