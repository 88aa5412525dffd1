// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// A Secret document, its values still as written.
///
/// The base64 text is not decoded here: whoever needs a value decodes it straight into locked memory.
/// The type describes itself by its keys only.
package struct SecretDocument: Sendable {
    /// A value as it stands in the file.
    package struct Value: Sendable {
        /// Base64 for `data`, the value itself for `stringData`.
        package var text: String
        package var isBase64: Bool
        package var location: SourceLocation
    }

    package var metadata: ObjectMetadata
    /// `Opaque`, `kubernetes.io/basic-auth`, ...; `Opaque` when not given.
    package var type: String
    /// By key; `stringData` wins over `data`, as in Kubernetes.
    package var values: [String: Value]
}

extension SecretDocument: CustomStringConvertible, CustomReflectable {
    package var description: String {
        "Secret \(metadata.name) with keys \(values.keys.sorted().joined(separator: ", "))"
    }

    package var customMirror: Mirror {
        Mirror(self, children: ["metadata": metadata, "keys": values.keys.sorted()])
    }
}

extension SecretDocument.Value: CustomStringConvertible, CustomReflectable {
    package var description: String { "secret value at \(location)" }

    package var customMirror: Mirror { Mirror(self, children: ["location": location]) }
}
