// SPDX-License-Identifier: Apache-2.0

/// The type of a parameter or result.
package struct ParamType: RawRepresentable, Sendable, Hashable {
    /// The name as written; validation refuses any but the three below.
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let string = ParamType(rawValue: "string")
    package static let array = ParamType(rawValue: "array")
    package static let object = ParamType(rawValue: "object")
}
