// SPDX-License-Identifier: Apache-2.0
internal import Secrets
internal import YAML

/// What an entry of `identities` may hold, as data.
enum IdentitySchema {
    struct Method {
        let name: String
        /// Each is an option, or several of which there must be one (`a|b`).
        let required: [String]
        var optional: [String] = []

        /// The options of `required`, each group by itself.
        var alternatives: [[String]] {
            required.map { $0.split(separator: "|").map(String.init) }
        }

        /// Every option that it takes.
        var options: [String] { alternatives.flatMap { $0 } + optional }

        /// Whether the options given are enough to tell that it is meant.
        func fits(_ given: Set<String>) -> Bool {
            !required.isEmpty && alternatives.allSatisfy { !given.isDisjoint(with: $0) }
        }
    }

    private static let vault = [
        Method(
            name: "approle",
            required: [
                "roleIdFile|roleIdSource",
                "secretIdFile|secretIdSource|wrappedSecretIdFile|wrappedSecretIdSource",
            ],
            optional: ["mount"]
        ),
        Method(name: "token", required: ["tokenFile|tokenSource"]),
        Method(name: "jwt", required: ["tokenFile|tokenSource", "role"], optional: ["mount"]),
        Method(
            name: "kubernetes",
            required: ["tokenFile|tokenSource", "role"],
            optional: ["mount"]
        ),
        Method(
            name: "userpass",
            required: ["username", "passwordFile|passwordSource"],
            optional: ["mount"]
        ),
        Method(
            name: "cert",
            required: ["certificateFile", "keyFile"],
            optional: ["role", "mount"]
        ),
    ]
    private static let aws = [
        Method(name: "profile", required: ["profile"]),
        Method(name: "env", required: []),
        Method(name: "webIdentity", required: ["roleArn", "tokenFile"]),
        Method(name: "container", required: []),
        Method(name: "imds", required: []),
    ]
    private static let azure = [
        Method(
            name: "workloadIdentity",
            required: ["tokenFile"],
            optional: ["clientId", "tenantId"]
        ),
        Method(name: "clientSecret", required: ["clientId", "tenantId", "clientSecretFile"]),
        Method(name: "managedIdentity", required: [], optional: ["clientId"]),
    ]
    private static let gcp = [
        Method(name: "credentials", required: ["credentialsFile"]),
        Method(name: "metadata", required: []),
    ]

    static func methods(of store: StoreIdentity.Store) -> [Method] {
        switch store {
        case .vault: vault
        case .aws: aws
        case .azure: azure
        case .gcp: gcp
        }
    }
}

extension IdentitySchema {
    /// Whether the text is `namespace/name`.
    static func isServiceAccount(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                            || byte == UInt8(ascii: "-")
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                            || byte == UInt8(ascii: ".")
                    }
            }
    }

    /// Whether the text is an address of a server and nothing more: no credentials, no query.
    static func isAddress(_ text: String) -> Bool {
        StoreAddress(text) != nil
    }

    /// Reads `identities`.
    static func read(_ node: YAMLNode, _ reader: inout ConfigurationReader) -> [IdentityRule] {
        reader.mapping(node, "identities").map { account, value in
            let path = "identities.\(account)"
            if account != "*", !isServiceAccount(account) {
                reader.report(value, path, "the key must be `namespace/name` or `*`")
            }
            let known = StoreIdentity.Store.allCases.map(\.rawValue)
            let stores = reader.mapping(value, path, known: known).compactMap { name, value in
                StoreIdentity.Store(rawValue: name).flatMap { store in
                    read(store, value, "\(path).\(name)", &reader)
                }
            }
            return IdentityRule(serviceAccount: account, stores: stores)
        }
    }
}
