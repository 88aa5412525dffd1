// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// A value and the name that masks show for it.
package struct NamedValue: Sendable {
    /// Not empty.
    package var name: String
    /// Without the newline that ended it.
    package var value: StoreValue
    /// Where its name stands.
    package var location: SourceLocation

    package init(name: String, value: StoreValue, location: SourceLocation) {
        self.name = name
        self.value = value
        self.location = location
    }
}
