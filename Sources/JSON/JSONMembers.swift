// SPDX-License-Identifier: Apache-2.0

/// Members of a JSON object, encoded once for many lines.
package struct JSONMembers: Sendable, Hashable {
    /// Separated by commas; without the braces.
    let bytes: [UInt8]
}
