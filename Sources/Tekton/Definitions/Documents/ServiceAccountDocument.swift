// SPDX-License-Identifier: Apache-2.0

/// A ServiceAccount document.
package struct ServiceAccountDocument: Sendable {
    package var metadata: ObjectMetadata
    /// The names of the Secrets that runs under this account may use as credentials.
    package var secrets: [String]
    package var imagePullSecrets: [String]
}
