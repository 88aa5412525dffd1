// SPDX-License-Identifier: Apache-2.0
package import Platform

/// A libfuse call that failed: which, on what, and why.
package struct FUSEError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The function of libfuse (`fuse_session_new`).
    package let operation: String
    /// What it was asked for: a device, a path; never a secret.
    package let subject: String
    package let code: Errno

    package init(_ operation: String, on subject: String, _ code: Errno) {
        self.operation = operation
        self.subject = subject
        self.code = code
    }

    package var description: String { "\(operation) `\(subject)`: \(code)" }
}
