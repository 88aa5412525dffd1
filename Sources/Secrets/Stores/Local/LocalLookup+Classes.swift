// SPDX-License-Identifier: Apache-2.0

/// How each provider's objects are found in the embedded store.
extension LocalLookup {
    /// The lookups of an object, one for each file that it makes.
    static func all(for object: SecretObject) -> [LocalLookup] {
        switch object.source {
        case .vault(let vault): [Self.vault(vault, object)]
        case .aws(let aws): Self.aws(aws, object)
        case .azure(let azure): [Self.azure(azure, object)]
        case .gcp(let gcp): [Self.gcp(gcp, object)]
        case .configured(let configured):
            [
                LocalLookup(
                    object,
                    names: [configured.entry],
                    .key(LocalStore.contentKey, configured.encoding)
                )
            ]
        }
    }

    private init(_ object: SecretObject, names: [String], _ selection: Selection) {
        self.init(
            maskName: object.name,
            path: object.fileName,
            mode: object.mode,
            names: names,
            selection: selection
        )
    }

    /// The name is the path as written, or without a leading `/` and `v1/`; a query is dropped.
    private static func vault(_ vault: VaultObject, _ object: SecretObject) -> LocalLookup {
        let written = String(vault.secretPath.prefix { $0 != "?" })
        var plain = written[...]
        if plain.hasPrefix("/") { plain.removeFirst() }
        if plain.hasPrefix("v1/") { plain.removeFirst(3) }
        let names = written == plain ? [written] : [written, String(plain)]
        if !vault.secretKey.isEmpty {
            return LocalLookup(object, names: names, .key(vault.secretKey, vault.encoding))
        }
        // The second version of the key-value engine has `data` between its mount and the secret.
        let isVersioned = plain.split(separator: "/").dropFirst().dropLast().contains("data")
        return LocalLookup(object, names: names, .vaultSecret(isVersioned: isVersioned))
    }

    private static func aws(_ aws: AWSObject, _ object: SecretObject) -> [LocalLookup] {
        let names = [aws.objectName]
        return [LocalLookup(object, names: names, .content)]
            + aws.jmesPaths.map { part in
                var selection = Selection.unsupported(
                    "jmesPath `\(part.path)` is more than the name of a key, which is all that the "
                        + "local store knows"
                )
                if let key = plainKey(part.path) {
                    selection = .member(key, style: .aws(path: part.path, alias: part.alias))
                }
                return LocalLookup(
                    maskName: part.alias,
                    path: part.fileName,
                    mode: part.mode,
                    names: names,
                    selection: selection
                )
            }
    }

    /// The key that a JMESPath expression names, when it is an identifier and nothing else.
    private static func plainKey(_ path: String) -> String? {
        if path.count > 2, path.hasPrefix("\""), path.hasSuffix("\"") {
            let inner = path.dropFirst().dropLast()
            return inner.contains(where: { $0 == "\"" || $0 == "\\" }) ? nil : String(inner)
        }
        guard let first = path.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return nil }
        let isIdentifier = path.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return isIdentifier ? path : nil
    }

    private static func azure(_ azure: AzureObject, _ object: SecretObject) -> LocalLookup {
        var lookup = LocalLookup(
            object,
            names: [azure.objectName],
            .key(LocalStore.contentKey, azure.encoding)
        )
        // The store keeps one version, which a history numbers 0.
        lookup.path = object.filePaths[0]
        return lookup
    }

    private static func gcp(_ gcp: GCPObject, _ object: SecretObject) -> LocalLookup {
        let parts = gcp.resourceName.split(separator: "/")
        let unversioned = parts.dropLast(2).joined(separator: "/")
        let selection: Selection =
            switch gcp.extraction {
            case .whole: .content
            case .jsonKey(let key): .member(key, style: .gcp)
            case .yamlKey(let key): .key(key, .utf8)
            }
        return LocalLookup(object, names: [gcp.resourceName, unversioned], selection)
    }
}
