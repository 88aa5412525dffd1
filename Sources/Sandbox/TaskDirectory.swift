// SPDX-License-Identifier: Apache-2.0
package import Platform

/// The tree that the steps of one TaskRun share, and the runner's only way into it.
///
/// It is a tmpfs that exists in the launcher's mount namespace alone, so it is gone with the processes,
/// however they die. What steps left in it is untrusted: open with `openBeneath`, never by path.
package final class TaskDirectory: Sendable {
    package let name: String
    /// The root of the tree.
    package let directory: FileDescriptor

    package init(name: String, directory: consuming FileDescriptor) {
        self.name = name
        self.directory = directory
    }

    /// Unmounts and forgets the tree; the steps must have ended.
    package func remove() async {}
}
