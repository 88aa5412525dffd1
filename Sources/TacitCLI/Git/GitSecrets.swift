// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Git
internal import Redaction
internal import Secrets

/// Finds the credentials for a repository, and registers each with the redactor before it is used.
struct GitSecrets {
    var context: CommandContext
    var redactor: Redactor

    /// Takes an address apart, after the locked memory for what stands in it was set up.
    func address(_ text: String) throws(CommandFailure) -> GitAddress {
        _ = SecureHeap.open()
        do {
            let address = try GitAddress(text)
            if case .password(let user, let password) = address.credential {
                // A token often stands in the user's place.
                if password.isEmpty { user.withBytes { redactor.register($0, name: "git-token") } }
                password.withBytes { redactor.register($0, name: "git-password") }
            }
            return address
        } catch {
            throw .usage("the address of the repository cannot be used: \(error.message)")
        }
    }

    /// What stood in an address goes to its host, and to no other.
    func add(_ address: GitAddress, to access: inout GitAccess) {
        guard let credential = address.credential else { return }
        let scope = address.url.replacing(path: "/")
        access.entries.insert(GitAccess.Entry(scope: scope, credential), at: 0)
    }

    /// A secret of the embedded store goes to the host of `url`, and to no other.
    func add(
        stored name: String,
        for url: GitURL,
        to access: inout GitAccess
    ) async throws {
        let parts = name.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let store = try context.embeddedStore()
        let records = try await context.withStore { try store.load() }
        guard let record = records[String(parts[0])] else {
            throw CommandFailure.usage(
                "no such secret `\(parts[0])` in the embedded store",
                hint: "`tacit secret list` shows what there is"
            )
        }
        var values = record.values.mapValues { $0.droppingTrailingNewline() }
        if parts.count > 1 {
            let key = String(parts[1])
            guard let value = values[key] else {
                throw CommandFailure.usage("secret `\(parts[0])` has no key `\(key)`")
            }
            values = values.filter { $0.key == "username" || $0.key == "known_hosts" }
            values["password"] = value
        } else if values.count == 1, let only = values.first, only.key != "ssh-privatekey" {
            values = ["password": only.value]
        }
        for (key, value) in values where key != "known_hosts" && key != "username" {
            value.withBytes { redactor.register($0, name: "\(parts[0])/\(key)") }
        }
        if let hosts = values["known_hosts"] {
            access.knownHosts.add(
                hosts.withBytes { bytes in
                    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
                }
            )
        }
        do {
            let scope = url.replacing(path: "/")
            let credential = try Self.credential(values, named: String(parts[0]))
            access.entries.insert(GitAccess.Entry(scope: scope, credential), at: 0)
        } catch let error as GitError {
            throw CommandFailure(error, redactor)
        }
    }

    private static func credential(
        _ values: [String: StoreValue],
        named name: String
    ) throws -> GitCredential {
        func text(_ key: String) throws(GitError) -> LockedText? {
            guard let value = values[key] else { return nil }
            return try value.withBytes { bytes throws(GitError) in
                try LockedText(copying: bytes)
            }
        }
        if let key = values["ssh-privatekey"] {
            // The format wants its last newline, which was dropped.
            let whole = try key.withBytes { bytes throws in
                var writer = try LockedWriter(capacity: bytes.count + 1)
                try writer.append(bytes)
                try writer.append(UInt8(ascii: "\n"))
                return writer.finish()
            }
            let text = try whole.withBytes { bytes throws(GitError) in
                try LockedText(copying: bytes)
            }
            return .key(text, passphrase: try Self.passphrase(values))
        }
        guard let password = try text("password") ?? text("token") else {
            throw CommandFailure.usage(
                "secret `\(name)` has no key `password`, `token` or `ssh-privatekey`"
            )
        }
        // Servers that take a token take any user with it.
        return .password(user: try text("username") ?? LockedText("x-access-token"), password)
    }

    private static func passphrase(
        _ values: [String: StoreValue]
    ) throws(GitError) -> LockedText? {
        guard let value = values["passphrase"] else { return nil }
        return try value.withBytes { bytes throws(GitError) in try LockedText(copying: bytes) }
    }
}
