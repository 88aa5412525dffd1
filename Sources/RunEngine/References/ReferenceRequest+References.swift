// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension ReferenceRequest {
    /// What a `taskRef` asks for, its variables replaced by these; `nil` for one that names no resolver.
    init?(
        task reference: TaskReference,
        in namespace: String,
        _ replacements: Replacements = Replacements()
    ) {
        self.init(
            .task,
            reference.resolver,
            reference.resolverParams,
            namespace: namespace,
            replacements
        )
    }

    /// What a `pipelineRef` asks for, its variables replaced by these; `nil` for one that names no resolver.
    init?(
        pipeline reference: PipelineReference,
        in namespace: String,
        _ replacements: Replacements
    ) {
        self.init(
            .pipeline,
            reference.resolver,
            reference.resolverParams,
            namespace: namespace,
            replacements
        )
    }

    /// What a step's `ref` asks for; `nil` for one that names no resolver.
    init?(
        stepAction reference: StepActionReference,
        in namespace: String,
        _ declared: [ParamSpec],
        _ given: [Param]
    ) {
        self.init(
            .stepAction,
            reference.resolver,
            reference.resolverParams,
            namespace: namespace,
            Replacements.params(declared: declared, given: given)
        )
    }
}
