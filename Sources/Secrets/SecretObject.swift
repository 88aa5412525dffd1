// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// One object of a class: what to ask the store for, and which file it makes.
package struct SecretObject: Sendable {
    /// The name in the class (`objectName`).
    package var name: String
    /// Every field as written, by name (`secretPath`, `secretKey`, `objectType`, ...).
    package var fields: [String: String]
    package var location: SourceLocation

    package init(name: String, fields: [String: String], location: SourceLocation) {
        self.name = name
        self.fields = fields
        self.location = location
    }
}
