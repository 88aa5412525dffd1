// SPDX-License-Identifier: Apache-2.0

/// A Task that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedTask: Sendable {
    package let definition: TaskDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: TaskDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }
}
