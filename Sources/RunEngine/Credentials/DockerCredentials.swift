// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import JSON
internal import Redaction
internal import Secrets

/// `.docker/config.json` out of Secrets annotated `tekton.dev/docker-...` and of Docker's own types.
struct DockerCredentials {
    /// By registry; later kinds win: `.dockercfg`, `config.json`, basic authentication.
    private var older: [String: JSONValue] = [:]
    private var whole: [String: JSONValue] = [:]
    private var basic: [String: JSONValue] = [:]

    /// Whether the Secret is one for a registry.
    mutating func add(
        _ secret: AnnotatedSecret,
        _ use: SecretUse,
        _ redactor: Redactor
    ) throws -> Bool {
        switch use.type {
        case "kubernetes.io/basic-auth":
            let addresses = use.addresses("tekton.dev/docker-")
            for address in addresses {
                guard basic[address] == nil else {
                    throw ContainerConfigError(message: "multiple entries for url: \(address)")
                }
                try secret.registerPair(with: redactor)
                basic[address] = try entry(secret)
            }
            return !addresses.isEmpty
        case "kubernetes.io/dockercfg":
            let entries = try json(secret, ".dockercfg")
            older.merge(try accounts(entries, secret, redactor)) { _, new in new }
            return true
        case "kubernetes.io/dockerconfigjson":
            let entries = try json(secret, ".dockerconfigjson")["auths"] ?? .object([:])
            whole.merge(try accounts(entries, secret, redactor)) { _, new in new }
            return true
        default: return false
        }
    }

    func files() throws -> [CredentialFile] {
        let entries = older.merging(whole) { _, new in new }.merging(basic) { _, new in new }
        guard !entries.isEmpty else { return [] }
        let json = JSONValue.object(["auths": .object(entries)])
        var text = try LockedWriter(capacity: 1024)
        try text.append(json.serialize().span)
        return [CredentialFile(path: ".docker/config.json", content: text.shared())]
    }

    private func entry(_ secret: AnnotatedSecret) throws -> JSONValue {
        let name = try Self.text(secret.value("username"))
        let word = try Self.text(secret.value("password"))
        return .object([
            "username": .string(name), "password": .string(word), "email": .string("not@val.id"),
            "auth": .string(Self.base64(Array("\(name):\(word)".utf8))),
        ])
    }

    private static func text(_ version: SecretVersion) -> String {
        version.value.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    private func json(_ secret: AnnotatedSecret, _ key: String) throws -> JSONValue {
        let text = try Self.text(secret.value(key))
        guard let json = try? JSONValue.parse(Array(text.utf8)) else {
            throw ContainerConfigError(
                message: "secret \"\(secret.name)\": key \"\(key)\" holds no JSON"
            )
        }
        return json
    }

    /// The entries with the fields that Tekton keeps.
    private func accounts(
        _ json: JSONValue,
        _ secret: AnnotatedSecret,
        _ redactor: Redactor
    ) throws -> [String: JSONValue] {
        guard let entries = json.object else {
            throw ContainerConfigError(
                message: "secret \"\(secret.name)\" holds no list of registries"
            )
        }
        return entries.mapValues { entry in
            var kept: [String: JSONValue] = ["auth": .string(entry["auth"]?.string ?? "")]
            for field in ["username", "password", "email"] {
                guard let text = entry[field]?.string, !text.isEmpty else { continue }
                kept[field] = .string(text)
            }
            register(entry, secret, redactor)
            return .object(kept)
        }
    }

    /// What `auth` stands for is masked too, and the password within it.
    private func register(_ entry: JSONValue, _ secret: AnnotatedSecret, _ redactor: Redactor) {
        let name = "\(secret.name)/auth"
        if let word = entry["password"]?.string, !word.isEmpty {
            redactor.register(Array(word.utf8).span, name: name)
        }
        guard let auth = entry["auth"]?.string,
            let pair = try? SecretEncoding.base64.decode(Array(auth.utf8).span)
        else { return }
        pair.withBytes { bytes in
            redactor.register(bytes, name: name)
            let colon = bytes.indices.first { bytes[$0] == UInt8(ascii: ":") }
            guard let colon, colon + 1 < bytes.count else { return }
            redactor.register(bytes.extracting((colon + 1)...), name: name)
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
            for place in 0..<4 {
                text.append(
                    place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "=")
                )
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
