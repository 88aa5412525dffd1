// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Diagnostics

/// Does the reading for `SecretsFile`.
struct SecretsFileReader {
    let file: String
    let findings = Findings()
    private(set) var values: [NamedValue] = []
    private(set) var records: [String: [String: StoreValue]] = [:]

    init(file: String) {
        self.file = file
    }

    mutating func readValues(_ text: Span<UInt8>) throws(CryptographyError) {
        for member in try members(text) {
            if member.name.isEmpty {
                report(member.offset, text, member.name, "the name is empty")
            } else if let value = try value(member.value, member, text, [member.name]) {
                values.append(
                    NamedValue(
                        name: member.name,
                        value: value.droppingTrailingNewline(),
                        location: place(member.offset, text)
                    )
                )
            }
        }
    }

    mutating func readRecords(_ text: Span<UInt8>) throws(CryptographyError) {
        for member in try members(text) {
            if records[member.name] != nil {
                report(member.offset, text, member.name, "`\(member.name)` stands twice")
                continue
            }
            records[member.name] = try record(member, text)
        }
    }

    private func record(
        _ member: SecretJSON.Member,
        _ text: Span<UInt8>
    ) throws(CryptographyError) -> [String: StoreValue] {
        guard case .object(let keys) = member.value, !Self.isBase64(keys) else {
            let value = try value(member.value, member, text, [member.name])
            return value.map { [LocalStore.contentKey: $0] } ?? [:]
        }
        if keys.isEmpty { report(member.offset, text, member.name, "`\(member.name)` has no keys") }
        var values: [String: StoreValue] = [:]
        for key in keys {
            if values[key.name] != nil {
                report(key.offset, text, "\(member.name).\(key.name)", "`\(key.name)` stands twice")
            }
            values[key.name] = try value(key.value, key, text, [member.name, key.name])
        }
        return values
    }

    /// The file's entries in the shape of a JSON object's members.
    private func members(_ text: Span<UInt8>) throws(CryptographyError) -> [SecretJSON.Member] {
        guard Self.isJSON(text) else {
            let parsed = try DotEnv.parse(text)
            for problem in parsed.problems { report(problem.offset, text, "", problem.message) }
            return parsed.entries.map { entry in
                SecretJSON.Member(
                    name: entry.name,
                    value: .string(entry.value),
                    offset: entry.offset
                )
            }
        }
        do {
            guard case .object(let members) = try SecretJSON.parse(text) else { return [] }
            return members
        } catch {
            switch error {
            case .malformed(let offset, let message):
                report(offset, text, "", "this is no JSON: \(message)")
                return []
            case .cryptography(let error): throw error
            }
        }
    }

    /// A string, or the bytes of `{"base64": "..."}`; `nil`, and an error, for anything else.
    private func value(
        _ json: SecretJSON,
        _ member: SecretJSON.Member,
        _ text: Span<UInt8>,
        _ path: [String]
    ) throws(CryptographyError) -> StoreValue? {
        let field = path.joined(separator: ".")
        switch json {
        case .string(let value): return value
        case .object(let members) where Self.isBase64(members):
            guard case .string(let encoded) = members[0].value else { break }
            let decoded = try encoded.withBytes { bytes throws(CryptographyError) in
                try SecretEncoding.base64.decode(bytes)
            }
            if let decoded { return StoreValue(decoded) }
            report(member.offset, text, field, "the value of `\(field)` is not base64")
            return nil
        default: break
        }
        report(
            member.offset,
            text,
            field,
            "`\(field)` must be a string or {\"base64\": \"...\"}, not \(json.typeName)",
            hint: "put it in quotes"
        )
        return nil
    }

    private static func isBase64(_ members: [SecretJSON.Member]) -> Bool {
        members.count == 1 && members[0].name == "base64"
    }

    private static func isJSON(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where ![0x20, 0x09, 0x0a, 0x0d].contains(text[index]) {
            return text[index] == UInt8(ascii: "{")
        }
        return false
    }

    private func place(_ offset: Int, _ text: Span<UInt8>) -> SourceLocation {
        TextPosition.location(of: offset, in: text, file: file)
    }

    private func report(
        _ offset: Int,
        _ text: Span<UInt8>,
        _ path: String,
        _ message: String,
        hint: String? = nil
    ) {
        findings.error(at: place(offset, text), path: path, message, hint: hint)
    }
}
