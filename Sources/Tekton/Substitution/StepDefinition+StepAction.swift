// SPDX-License-Identifier: Apache-2.0

extension StepDefinition {
    /// The step with what its StepAction says in place of the reference to it.
    ///
    /// `taskParams` replaces references in the step's own params. Throws when the step gives a param that
    /// the action does not have, leaves out one without a default, or gives one of another type, and when
    /// defaults of the action refer to each other in a circle.
    ///
    /// Source: `resolveStepRef` of Tekton.
    package func running(
        _ action: StepActionSpec,
        taskParams: Replacements
    ) throws(StepActionProblem) -> StepDefinition {
        let given = params.map { param in
            var param = param
            param.value.substitute(taskParams)
            return param
        }
        var own = StepDefinition(action)
        own.substituteAll(try StepActionParams(action: action, given: given).replacements())
        var step = self
        step.image = own.image
        step.securityContext = own.securityContext
        step.workingDirectory = own.workingDirectory
        if !own.command.isEmpty { step.command = own.command }
        if !own.args.isEmpty { step.args = own.args }
        if !own.script.isEmpty { step.script = own.script }
        if !own.environment.isEmpty { step.environment = own.environment }
        if !own.volumeMounts.isEmpty { step.volumeMounts = own.volumeMounts }
        if !own.results.isEmpty { step.results = own.results }
        step.reference = nil
        step.params = []
        return step
    }

    private init(_ action: StepActionSpec) {
        self.init()
        image = action.image
        command = action.command
        args = action.args
        workingDirectory = action.workingDirectory
        script = action.script
        environment = action.environment
        volumeMounts = action.volumeMounts
        securityContext = action.securityContext
        results = action.results
    }
}
