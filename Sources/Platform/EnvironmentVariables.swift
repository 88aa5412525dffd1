// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// The variables that this process was started with, environ(7).
package enum EnvironmentVariables {
    /// All of them, by name.
    ///
    /// Of a name that stands twice the first counts, as for getenv(3).
    package static var current: [String: String] {
        var variables: [String: String] = [:]
        guard let first = unsafe clinux_environment() else { return variables }
        var entry = unsafe first
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text)
                .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, variables[String(parts[0])] == nil {
                variables[String(parts[0])] = String(parts[1])
            }
            unsafe entry += 1
        }
        return variables
    }
}
