// SPDX-License-Identifier: Apache-2.0

/// What a shell offers where an argument goes.
package enum Completion: Sendable, Hashable {
    case nothing
    case files
    case directories
    case words([String])
    /// The names of all commands.
    case commands
}
