// SPDX-License-Identifier: Apache-2.0

/// The answer to a name lookup.
package struct FUSEEntry: Sendable {
    package var attributes: FUSEAttributes
    /// Differs from that of the inode's earlier uses, when a number is used again.
    package var generation: UInt64
    /// How long the kernel may answer for the name without asking, in seconds.
    package var nameTimeout: Double
    /// How long the kernel may answer for the attributes without asking, in seconds.
    package var attributesTimeout: Double

    package init(
        _ attributes: FUSEAttributes,
        generation: UInt64,
        nameTimeout: Double,
        attributesTimeout: Double
    ) {
        self.attributes = attributes
        self.generation = generation
        self.nameTimeout = nameTimeout
        self.attributesTimeout = attributesTimeout
    }
}
