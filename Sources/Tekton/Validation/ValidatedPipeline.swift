// SPDX-License-Identifier: Apache-2.0

/// A Pipeline that Tekton's admission would accept, defaults set; only the validator makes one.
package struct ValidatedPipeline: Sendable {
    package let definition: PipelineDefinition
    /// The document, for places in the file.
    package let manifest: Manifest

    private init(_ definition: PipelineDefinition, of manifest: Manifest) {
        self.definition = definition
        self.manifest = manifest
    }
}
