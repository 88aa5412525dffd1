// SPDX-License-Identifier: Apache-2.0
package import JSON

/// An object of provider `vault` or `openbao`.
package struct VaultObject: Sendable, Hashable {
    /// As written: with or without a leading `/v1/`, perhaps with a query (`?version=2`).
    package var secretPath: String
    /// Which of the secret's keys is the value; empty for the whole secret as JSON.
    package var secretKey: String
    /// As written; the request's method, `GET` unless the class says otherwise.
    package var method: String
    /// The request's body; empty for none.
    package var arguments: [String: JSONValue]
    /// Undone on the value of a key; a whole secret has none.
    package var encoding: SecretEncoding

    package init(
        secretPath: String,
        secretKey: String = "",
        method: String = "GET",
        arguments: [String: JSONValue] = [:],
        encoding: SecretEncoding = .utf8
    ) {
        self.secretPath = secretPath
        self.secretKey = secretKey
        self.method = method
        self.arguments = arguments
        self.encoding = encoding
    }
}
