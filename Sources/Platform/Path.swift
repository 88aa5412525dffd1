// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Paths of the host.
package enum Path {
    /// The absolute path without links, `.` and `..`; realpath(3).
    package static func resolved(_ path: String) throws(SystemError) -> String {
        guard let text = unsafe realpath(path, nil) else {
            throw SystemError("realpath", on: path, .current)
        }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }
}
