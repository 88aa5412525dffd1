// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// Fetches what references name, for those that are known only while a pipeline runs.
package protocol ReferenceSource: Sendable {
    /// The document, validated; `nil` with what is wrong.
    func fetch(_ reference: PendingReference) async -> (ResolvedReference?, [Diagnostic])
}
