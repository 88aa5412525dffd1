// SPDX-License-Identifier: Apache-2.0

/// Why files cannot be published as a tree.
package struct SecretFSError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Sendable {
        case invalidName =
            "a file name has 1 to 255 bytes without a zero byte, and is not `.` or `..`"
        case duplicate = "another object makes the same file; give one of them another name"
        case fileAndDirectory =
            "another object needs a directory of that name; give one of them another name"
    }

    /// The file's path within its tree.
    package let path: String
    package let reason: Reason

    package init(_ path: String, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "secret file `\(path)`: \(reason.rawValue)" }
}
