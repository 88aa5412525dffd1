// SPDX-License-Identifier: Apache-2.0

extension TaskSpec {
    /// The workspaces that the text of steps, sidecars and the step template refers to; sorted.
    ///
    /// A task written within a pipeline is given these without being bound to them.
    ///
    /// Source: `FindWorkspacesUsedByTask` of Tekton.
    package var usedWorkspaces: [String] {
        var texts: [String] = []
        for step in steps {
            texts += [step.script] + step.texts + step.workspaces.map(\.mountPath)
        }
        for sidecar in sidecars {
            texts += [sidecar.script] + sidecar.texts + sidecar.workspaces.map(\.mountPath)
        }
        if let stepTemplate { texts += stepTemplate.texts }
        var names: Set<String> = []
        for text in texts where text.utf8.contains(UInt8(ascii: "$")) {
            for reference in VariableReference.all(in: text, prefix: .workspaces) {
                names.insert(reference.variable)
            }
        }
        return names.sorted()
    }
}

extension ContainerFields {
    fileprivate var texts: [String] {
        let keys = environment.flatMap { variable in
            [variable.source?.secretKey, variable.source?.configMapKey].compactMap(\.self)
        }
        let sources = environmentSources.flatMap { source in
            [source.prefix, source.configMap?.name, source.secret?.name].compactMap(\.self)
        }
        let mounts = volumeMounts.flatMap { [$0.name, $0.mountPath, $0.subPath] }
        return [image, imagePullPolicy, workingDirectory] + command + args
            + environment.map(\.value) + keys.flatMap { [$0.name, $0.key] } + sources + mounts
    }
}
