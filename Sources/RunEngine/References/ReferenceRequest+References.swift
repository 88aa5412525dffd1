// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension ReferenceRequest {
    /// What a TaskRun's `taskRef` asks for; `nil` for one that names no resolver.
    init?(task reference: TaskReference, in namespace: String, _ given: [Param]) {
        self.init(task: reference, in: namespace, Replacements.params(declared: [], given: given))
    }

    /// What a `taskRef` asks for, its variables replaced by these.
    init?(task reference: TaskReference, in namespace: String, _ replacements: Replacements) {
        self.init(
            .task,
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
