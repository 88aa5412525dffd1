// SPDX-License-Identifier: Apache-2.0

/// What stands in on this host for the images that match a pattern.
package struct ImageRule: Sendable, Hashable {
    package enum StandIn: Sendable, Hashable {
        /// The host's own tools.
        case host
        /// A directory laid over the host's root, by its name among the installed ones.
        case namedLayer(String)
        /// A directory laid over the host's root, by absolute path.
        case layer(String)
    }

    /// An image's name; `*` stands for any text without a slash.
    package var pattern: String
    package var standIn: StandIn
    /// What runs when a step has neither `command` nor `script`; empty for what is known of the image.
    package var entrypoint: [String]
}
