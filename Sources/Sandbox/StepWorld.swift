// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// What one step sees and may do: everything the launcher needs to build its world.
///
/// Paths inside the world are absolute and in the step's own view; the launcher resolves them beneath
/// the step's root, so that a link in the image cannot lead out of it.
package struct StepWorld: Sendable {
    /// A piece of text that may be, or contain, a secret.
    package enum Text: Sendable {
        case plain(String)
        /// Copied only into the locked message to the launcher, which wipes it after the start.
        case secret(SharedLockedBytes)
    }

    package struct Variable: Sendable {
        package var name: String
        package var value: Text

        package init(_ name: String, _ value: Text) {
            self.name = name
            self.value = value
        }
    }

    /// The program and its arguments; the program is looked up in the world's PATH unless it has a `/`.
    package var arguments: [Text] = []
    /// The whole environment; nothing is inherited.
    package var environment: [Variable] = []
    /// Where it starts; created when missing.
    package var workingDirectory = "/"
    package var hostname = "localhost"
    /// In order of application; a parent must come before what is mounted beneath it.
    package var mounts: [WorldMount] = []
    /// Host directories laid over the host's root, the first on top (an image's stand-in).
    package var layers: [String] = []
    /// Host directories shown read-only at the same path (`toolPaths`).
    package var toolPaths: [String] = []
    package var user: UInt32 = 0
    package var group: UInt32 = 0
    package var supplementaryGroups: [UInt32] = []
    package var rootIsReadOnly = false
    package var noNewPrivileges = false
    /// Capability names without `CAP_`, added to and taken from a container's default set; `ALL` works.
    package var addedCapabilities: [String] = []
    package var droppedCapabilities: [String] = []
    /// The request that prepared it (`Launcher.prepare`); 0 for none.
    var preparation: UInt32 = 0

    package init() {}
}
