// SPDX-License-Identifier: Apache-2.0

/// What a user should know about how well a secret is masked; never its value.
package struct RedactionWarning: Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        /// 1 to 3 bytes: served, but not masked.
        case tooShortToMask
        /// 4 or 5 bytes: masked, and so may be other text that happens to be the same.
        case short
        /// Needles lie in memory that may be swapped: the memory-lock limit was reached.
        case memoryNotLocked
    }

    /// The secret's name as it stands in masks; empty where no single secret is meant.
    package let name: String
    package let reason: Reason

    package var description: String {
        switch reason {
        case .tooShortToMask:
            "secret `\(name)` is not masked, because a value of 1 to 3 bytes occurs everywhere; "
                + "use a longer value"
        case .short:
            "secret `\(name)` has only 4 or 5 bytes, so other text may be masked, too; "
                + "use a longer value"
        case .memoryNotLocked:
            "memory for redaction could not be locked and may be swapped; raise the limit "
                + "(`ulimit -l`)"
        }
    }
}
