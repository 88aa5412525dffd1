// SPDX-License-Identifier: Apache-2.0

/// A StepAction that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedStepAction: Sendable {
    package let definition: StepActionDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: StepActionDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }
}
