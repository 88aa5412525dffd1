// SPDX-License-Identifier: Apache-2.0

/// A PipelineRun that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedPipelineRun: Sendable {
    package let definition: PipelineRunDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: PipelineRunDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }
}
