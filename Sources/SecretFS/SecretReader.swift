// SPDX-License-Identifier: Apache-2.0

/// Whose a published tree is: accesses are attributed by the path they came through.
package struct SecretReader: Sendable, Hashable {
    package var taskRun: String
    package var step: String
    package var volume: String
    /// Where the step mounts it.
    package var mountPath: String
    /// The only part of the tree that the step sees, and sees at `mountPath`; empty for all of it.
    package var subPath: String

    package init(
        taskRun: String,
        step: String,
        volume: String,
        mountPath: String,
        subPath: String = ""
    ) {
        self.taskRun = taskRun
        self.step = step
        self.volume = volume
        self.mountPath = mountPath
        self.subPath = subPath
    }

    /// The absolute path at which the step sees a file of the tree.
    package func visiblePath(of path: String) -> String {
        let base = mountPath.hasSuffix("/") ? String(mountPath.dropLast()) : mountPath
        if subPath.isEmpty { return "\(base)/\(path)" }
        return base + path.dropFirst(subPath.count)
    }
}
