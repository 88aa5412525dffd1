// SPDX-License-Identifier: Apache-2.0

/// How often one form of one secret was masked.
package struct MaskCount: Sendable, Comparable {
    struct Key: Hashable {
        let name: String
        let encoding: NeedleEncoding
    }

    /// The secret's name as it stands in the mask.
    package let name: String
    package let encoding: NeedleEncoding
    package let count: Int

    init(key: Key, count: Int) {
        name = key.name
        encoding = key.encoding
        self.count = count
    }

    package static func < (one: MaskCount, other: MaskCount) -> Bool {
        (one.name, one.encoding.rawValue) < (other.name, other.encoding.rawValue)
    }
}
