// SPDX-License-Identifier: Apache-2.0
package import Platform

/// Why a step's world could not be built.
package struct SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted, in words (`mounting the secret filesystem`).
    package let operation: String
    package let cause: SystemError
    /// What the user can do about it; empty when nothing is known.
    package let remedy: String

    package init(_ operation: String, _ cause: SystemError, remedy: String = "") {
        self.operation = operation
        self.cause = cause
        self.remedy = remedy
    }

    package var description: String {
        "\(operation): \(cause)" + (remedy.isEmpty ? "" : "; \(remedy)")
    }
}
