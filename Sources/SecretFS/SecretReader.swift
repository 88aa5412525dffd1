// SPDX-License-Identifier: Apache-2.0

/// Whose a published tree is: accesses are attributed by the path they came through.
package struct SecretReader: Sendable, Hashable {
    package var taskRun: String
    package var step: String
    package var volume: String
    /// Where the step mounts it.
    package var mountPath: String

    package init(taskRun: String, step: String, volume: String, mountPath: String) {
        self.taskRun = taskRun
        self.step = step
        self.volume = volume
        self.mountPath = mountPath
    }
}
