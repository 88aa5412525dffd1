// SPDX-License-Identifier: Apache-2.0

/// Names of files in a mount of secrets.
enum SecretFileName {
    /// Whether `name` is the file's path, or that of a directory around it.
    static func names(_ name: String, _ path: String) -> Bool {
        path == name || path.hasPrefix(name + "/")
    }
}
