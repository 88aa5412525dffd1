// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Paths without links, `.` and `..`.
package enum RealPath {
    /// The one absolute path of an existing file or directory; realpath(3).
    package static func resolve(_ path: String) throws(SystemError) -> String {
        guard let resolved = unsafe realpath(path, nil) else {
            throw SystemError("realpath", on: path, .current)
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
