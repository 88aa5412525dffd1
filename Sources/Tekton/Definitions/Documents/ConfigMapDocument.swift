// SPDX-License-Identifier: Apache-2.0

/// A ConfigMap document.
package struct ConfigMapDocument: Sendable {
    package var metadata: ObjectMetadata
    package var data: [String: String]
    /// Base64 as written.
    package var binaryData: [String: String]
}
