// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// The Secret and ConfigMap documents of the files, checked but not yet loaded into locked memory.
package struct ConfiguredObjects: Sendable {
    /// One document: its keys, and how each value is had.
    package struct Object: Sendable {
        package var name: String
        package var namespace: String
        package var values: [String: Value]
        /// Of a Secret: what it is for.
        package var use: SecretUse

        package init(
            name: String,
            namespace: String,
            values: [String: Value],
            use: SecretUse = SecretUse()
        ) {
            self.name = name
            self.namespace = namespace
            self.values = values
            self.use = use
        }
    }

    /// A ServiceAccount document: which Secrets its runs may use as credentials.
    package struct Account: Sendable {
        package var name: String
        package var namespace: String
        package var secrets: [String]

        package init(name: String, namespace: String, secrets: [String]) {
            self.name = name
            self.namespace = namespace
            self.secrets = secrets
        }
    }

    package struct Value: Sendable {
        /// The text in the file.
        package var text: String
        package var isBase64: Bool
        package var location: SourceLocation?

        package init(text: String, isBase64: Bool, location: SourceLocation? = nil) {
            self.text = text
            self.isBase64 = isBase64
            self.location = location
        }
    }

    package var secrets: [Object] = []
    package var configMaps: [Object] = []
    package var accounts: [Account] = []

    package init() {}
}
