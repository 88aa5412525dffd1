// SPDX-License-Identifier: Apache-2.0

/// The shortest path that means the same.
package enum CleanPath {
    /// Removes empty, `.` and inner `..` elements without looking at any file system.
    ///
    /// Source: `filepath.Clean` of Go's standard library; the empty path becomes `.`.
    package static func of(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if isAbsolute { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}
