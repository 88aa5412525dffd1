// SPDX-License-Identifier: Apache-2.0
package import Platform

/// A libfuse call that failed: which, on what, and why.
package struct FUSEError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The function of libfuse (`fuse_session_new`).
    package let operation: String
    /// What it was asked for: a device, a path; never a secret.
    package let subject: String
    package let code: Errno
    /// libfuse's own words; empty when it had none.
    package let message: String

    package init(
        _ operation: String,
        on subject: String,
        _ code: Errno,
        message: String = ""
    ) {
        self.operation = operation
        self.subject = subject
        self.code = code
        self.message = message
    }

    package var description: String {
        "\(operation) `\(subject)`: \(message.isEmpty ? code.description : message)"
    }
}
