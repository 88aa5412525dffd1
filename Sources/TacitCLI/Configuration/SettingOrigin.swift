// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// Where the value of a setting comes from.
package enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
    case builtIn
    case environment(String)
    case file(SourceLocation)

    package var description: String {
        switch self {
        case .builtIn: "default"
        case .environment(let name): "environment variable \(name)"
        case .file(let location): location.description
        }
    }
}
