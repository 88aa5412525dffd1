// SPDX-License-Identifier: Apache-2.0

/// Why an expression has no value, in cel-go's words.
package struct CELError: Error, Sendable, Hashable, CustomStringConvertible {
    package var message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }

    static let noSuchOverload = CELError("no such overload")
}
