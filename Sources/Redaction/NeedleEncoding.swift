// SPDX-License-Identifier: Apache-2.0

/// How a needle writes its secret.
package enum NeedleEncoding: String, Sendable, CaseIterable {
    /// The value as it is, without the white space around it.
    case raw
    /// One line of a value of several.
    case line
}
