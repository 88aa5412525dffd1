// SPDX-License-Identifier: Apache-2.0

/// A system call that failed: which, on what, and the kernel's reason.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The call's name as in section 2 of the manual (`openat`).
    package let operation: String
    /// What it was asked for: a path, a name; never a secret.
    package let subject: String
    package let code: Errno

    package init(_ operation: String, on subject: String, _ code: Errno) {
        self.operation = operation
        self.subject = subject
        self.code = code
    }

    package var description: String { "\(operation) `\(subject)`: \(code)" }
}
