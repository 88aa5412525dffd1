// SPDX-License-Identifier: Apache-2.0
package import Tekton

/// A document that a resolver has fetched and that has been validated like those of the files.
package struct ResolvedReference: Sendable {
    package var document: ValidatedManifest
    package var source: RefSource

    package init(document: ValidatedManifest, source: RefSource) {
        self.document = document
        self.source = source
    }

    package var task: ValidatedTask? {
        if case .task(let task) = document { task } else { nil }
    }

    package var pipeline: ValidatedPipeline? {
        if case .pipeline(let pipeline) = document { pipeline } else { nil }
    }

    package var stepAction: ValidatedStepAction? {
        if case .stepAction(let action) = document { action } else { nil }
    }
}
