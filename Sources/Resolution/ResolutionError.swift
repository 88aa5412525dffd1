// SPDX-License-Identifier: Apache-2.0

/// Why a reference cannot be resolved, in Tekton's words where it has some.
package struct ResolutionError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The reference itself is wrong.
        case reference
        /// What it names may not be asked, or not be sent a credential.
        case forbidden
        /// The server or the network refused or failed.
        case source
    }

    package var kind: Kind
    package var message: String
    /// What to do about it.
    package var hint: String?

    package init(_ kind: Kind, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    package var description: String { message }
}
