// SPDX-License-Identifier: Apache-2.0
import JSON

extension StepTemplate {
    /// The step with what it leaves open taken from the template.
    ///
    /// The step's own fields win. Variables are merged by name and mounts by mount path, those of the template
    /// alone after the step's; command and arguments are replaced as whole lists. A step that refers to a
    /// StepAction is left as it is.
    ///
    /// Source: `MergeStepsWithStepTemplate` of Tekton, a strategic merge of two core/v1 containers.
    package func applied(to step: StepDefinition) -> StepDefinition {
        guard step.reference == nil else { return step }
        var merged = step
        if step.image.isEmpty { merged.image = image }
        if step.command.isEmpty { merged.command = command }
        if step.args.isEmpty { merged.args = args }
        if step.workingDirectory.isEmpty { merged.workingDirectory = workingDirectory }
        if step.imagePullPolicy.isEmpty { merged.imagePullPolicy = imagePullPolicy }
        if step.environmentSources.isEmpty { merged.environmentSources = environmentSources }
        merged.environment = Self.mergedEnvironment(step.environment, over: environment)
        merged.volumeMounts = Self.merged(step.volumeMounts, over: volumeMounts, by: \.mountPath)
        merged.volumeDevices = Self.mergedDevices(step.volumeDevices, over: volumeDevices)
        merged.securityContext = Self.merged(step.securityContext, over: securityContext)
        let resources = JSONMerge.merged(
            .object(computeResources),
            with: .object(step.computeResources)
        )
        merged.computeResources = resources.object ?? [:]
        return merged
    }

    private static func merged<Value: FieldCoded>(_ own: Value?, over base: Value?) -> Value? {
        guard let own else { return base }
        guard let base else { return own }
        return Value(json: JSONMerge.merged(base.json, with: own.json))
    }

    private static func merged<Value: FieldCoded>(
        _ own: [Value],
        over base: [Value],
        by key: KeyPath<Value, String>
    ) -> [Value] {
        let known = Set(own.map { $0[keyPath: key] })
        let mixed = own.map { value in
            let name = value[keyPath: key]
            let under = base.last { $0[keyPath: key] == name }
            return merged(value, over: under) ?? value
        }
        return mixed + base.filter { !known.contains($0[keyPath: key]) }
    }

    /// As ``merged(_:over:by:)``, but a variable never ends up with both a value and a source.
    private static func mergedEnvironment(
        _ own: [EnvironmentVariable],
        over base: [EnvironmentVariable]
    ) -> [EnvironmentVariable] {
        merged(own, over: base, by: \.name).map { variable in
            guard variable.source != nil, !variable.value.isEmpty else { return variable }
            return own.last { $0.name == variable.name } ?? variable
        }
    }

    private static func mergedDevices(_ own: [JSONValue], over base: [JSONValue]) -> [JSONValue] {
        let known = Set(own.map { $0["devicePath"] })
        return own + base.filter { !known.contains($0["devicePath"]) }
    }
}
