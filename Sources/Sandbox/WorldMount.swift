// SPDX-License-Identifier: Apache-2.0

/// One thing mounted into a step's world.
package struct WorldMount: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
        /// A directory or file of the host, by absolute path.
        case host(String)
        /// A directory or file of the task's own tree (see `TaskDirectory`), relative.
        case task(String)
        /// A directory or file of another tree; relative.
        case tree(TaskDirectory, String)
        /// A published tree of the secret filesystem, or a file in it, relative to its root.
        case secrets(String)
        /// A tmpfs of its own.
        case temporary(byteLimit: Int?)
    }

    package var source: Source
    /// A path beneath the source, created when missing and never followed out of it; empty for none.
    package var subPath: String
    /// Absolute, in the step's view; created when missing.
    package var target: String
    package var isReadOnly: Bool

    package init(_ source: Source, subPath: String = "", at target: String, readOnly: Bool = false)
    {
        self.source = source
        self.subPath = subPath
        self.target = target
        self.isReadOnly = readOnly
    }
}
