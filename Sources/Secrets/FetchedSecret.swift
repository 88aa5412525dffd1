// SPDX-License-Identifier: Apache-2.0

/// One file that a store's answer makes.
package struct FetchedSecret: Sendable {
    /// Relative path of the file in the mount, as the provider names it.
    package var path: String
    /// Permission bits, 0644 unless the class says otherwise.
    package var mode: UInt16
    /// The content, and where it comes from.
    package var version: SecretVersion
    /// How long the store keeps the value good, from its answer on, unless asked again in time; `nil` when
    /// it sets no limit.
    package var lifetime: Duration?

    package init(
        path: String,
        mode: UInt16,
        version: SecretVersion,
        lifetime: Duration? = nil
    ) {
        self.path = path
        self.mode = mode
        self.version = version
        self.lifetime = lifetime
    }
}
