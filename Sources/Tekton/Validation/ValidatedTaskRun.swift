// SPDX-License-Identifier: Apache-2.0

/// A TaskRun that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedTaskRun: Sendable {
    package let definition: TaskRunDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: TaskRunDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }
}
