// SPDX-License-Identifier: Apache-2.0

/// An object of provider `azure`.
package struct AzureObject: Sendable, Hashable {
    /// What a key vault keeps.
    package enum Kind: String, Sendable, CaseIterable {
        case secret
        case key
        case certificate = "cert"
    }

    /// How a certificate with its key is written.
    package enum Format: String, Sendable, CaseIterable {
        case pem
        case pfx
    }

    /// The name in the key vault.
    package var objectName: String
    /// As `objectType` says.
    package var kind: Kind
    /// Empty for the latest.
    package var version: String
    /// How many versions to serve; 1 or less serves one, in a file without a number.
    package var versionHistory: Int
    /// PEM unless the class says otherwise.
    package var format: Format
    /// Undone on a secret; keys and certificates have none.
    package var encoding: SecretEncoding

    package init(
        objectName: String,
        kind: Kind,
        version: String = "",
        versionHistory: Int = 0,
        format: Format = .pem,
        encoding: SecretEncoding = .utf8
    ) {
        self.objectName = objectName
        self.kind = kind
        self.version = version
        self.versionHistory = versionHistory
        self.format = format
        self.encoding = encoding
    }
}
