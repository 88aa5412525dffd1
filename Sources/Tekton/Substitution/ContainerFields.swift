// SPDX-License-Identifier: Apache-2.0

/// What steps, step templates and sidecars have in common: the fields of a Kubernetes container that
/// take variable references.
package protocol ContainerFields {
    var image: String { get set }
    var imagePullPolicy: String { get set }
    var command: [String] { get set }
    var args: [String] { get set }
    var workingDirectory: String { get set }
    var environmentSources: [EnvironmentSource] { get set }
    var environment: [EnvironmentVariable] { get set }
    var volumeMounts: [VolumeMount] { get set }
}

extension StepDefinition: ContainerFields {}
extension StepTemplate: ContainerFields {}
extension SidecarDefinition: ContainerFields {}

extension ContainerFields {
    /// Replaces references in the container's fields, as Tekton's `applyContainerReplacements`.
    mutating func substitute(_ replacements: Replacements) {
        image = replacements.apply(to: image)
        imagePullPolicy = replacements.apply(to: imagePullPolicy)
        command = replacements.apply(toList: command)
        args = replacements.apply(toList: args)
        workingDirectory = replacements.apply(to: workingDirectory)
        for index in environment.indices { environment[index].substitute(replacements) }
        for index in environmentSources.indices {
            environmentSources[index].substitute(replacements)
        }
        for index in volumeMounts.indices { volumeMounts[index].substitute(replacements) }
    }
}

extension EnvironmentVariable {
    fileprivate mutating func substitute(_ replacements: Replacements) {
        value = replacements.apply(to: value)
        source?.secretKey?.substitute(replacements)
        source?.configMapKey?.substitute(replacements)
    }
}

extension KeySelector {
    fileprivate mutating func substitute(_ replacements: Replacements) {
        name = replacements.apply(to: name)
        key = replacements.apply(to: key)
    }
}

extension EnvironmentSource {
    fileprivate mutating func substitute(_ replacements: Replacements) {
        prefix = replacements.apply(to: prefix)
        if let name = configMap?.name { configMap?.name = replacements.apply(to: name) }
        if let name = secret?.name { secret?.name = replacements.apply(to: name) }
    }
}

extension VolumeMount {
    fileprivate mutating func substitute(_ replacements: Replacements) {
        name = replacements.apply(to: name)
        mountPath = replacements.apply(to: mountPath)
        subPath = replacements.apply(to: subPath)
    }
}
