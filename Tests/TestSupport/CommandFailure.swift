// SPDX-License-Identifier: Apache-2.0

/// A command that a test needs, and that failed.
package struct CommandFailure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}
