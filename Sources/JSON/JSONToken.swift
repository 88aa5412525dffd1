// SPDX-License-Identifier: Apache-2.0

/// One piece of a JSON text, and where it starts.
package struct JSONToken: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case null
        case bool(Bool)
        /// The number's text as it stands.
        case number(String)
        case string(String)
        /// The name of a member; its value follows.
        case key(String)
        case beginArray
        case endArray
        case beginObject
        case endObject
    }

    package let kind: Kind
    /// A byte offset from 0.
    package let offset: Int

    package init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}
