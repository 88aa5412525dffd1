// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import Tekton

/// A reference to what a resolver has still to fetch, and where it stands.
package struct PendingReference: Sendable {
    package var request: ReferenceRequest
    package var location: SourceLocation?
    /// The field path of the resolver's name.
    package var path: String
}
