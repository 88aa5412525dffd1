// SPDX-License-Identifier: Apache-2.0

extension TaskSpec {
    /// The Task as one run of it sees it: params, contexts, result paths and workspaces replaced, in
    /// Tekton's order (`applyParamsContextsResultsAndWorkspaces`), each in one pass.
    package func resolved(
        params: [Param],
        bindings: [WorkspaceBinding],
        context: TaskRunContext,
        volumeNames: [String: String]
    ) -> TaskSpec {
        var spec = self
        spec.substitute(.params(declared: self.params, given: params))
        spec.substitute(context.replacements)
        spec.substituteResultPaths()
        spec.substituteArtifactPaths()
        spec.substituteExitCodePaths()
        for binding in bindings where !spec.workspaces.contains(where: { $0.name == binding.name })
        {
            var declaration = WorkspaceDeclaration()
            declaration.name = binding.name
            spec.workspaces.append(declaration)
        }
        spec.substituteWorkspaces(bindings, volumeNames)
        return spec
    }

    private mutating func substituteResultPaths() {
        for index in steps.indices {
            let directory = "\(TektonPath.steps)/\(steps[index].containerName(at: index))/results"
            var replacements = Replacements()
            for result in steps[index].results {
                replacements.add(path: "\(directory)/\(result.name)", "step.results", result.name)
            }
            steps[index].substituteAll(replacements)
        }
        var replacements = Replacements()
        for result in results {
            replacements.add(path: "\(TektonPath.results)/\(result.name)", "results", result.name)
        }
        substitute(replacements)
    }

    private mutating func substituteArtifactPaths() {
        for index in steps.indices {
            let directory = "\(TektonPath.steps)/\(steps[index].containerName(at: index))"
            steps[index].substituteAll(
                Replacements(strings: [
                    "step.artifacts.path": "\(directory)/artifacts/provenance.json",
                    "artifacts.path": "\(TektonPath.artifacts)/provenance.json",
                ])
            )
        }
    }

    private mutating func substituteExitCodePaths() {
        var replacements = Replacements()
        for (index, step) in steps.enumerated() {
            let name = step.containerName(at: index)
            replacements.strings["steps.\(name).exitCode.path"] =
                "\(TektonPath.steps)/\(name)/exitCode"
        }
        substitute(replacements)
    }

    private mutating func substituteWorkspaces(
        _ bindings: [WorkspaceBinding],
        _ volumeNames: [String: String]
    ) {
        var replacements = Replacements()
        for declaration in workspaces {
            let prefix = "workspaces.\(declaration.name)"
            let isBound = bindings.contains { $0.name == declaration.name }
            if declaration.isOptional, !isBound {
                replacements.strings["\(prefix).bound"] = "false"
                replacements.strings["\(prefix).path"] = ""
            } else {
                replacements.strings["\(prefix).bound"] = "true"
                substituteWorkspacePath("\(prefix).path", declaration)
            }
        }
        for binding in bindings {
            replacements.strings["workspaces.\(binding.name).volume"] =
                volumeNames[binding.name] ?? ""
            replacements.strings["workspaces.\(binding.name).claim"] =
                binding.persistentVolumeClaim?.claimName ?? ""
        }
        substitute(replacements)
        substitute(Replacements(strings: ["credentials.path": TektonPath.credentials]))
    }

    /// The path of a workspace: a step that mounts it elsewhere sees its own.
    private mutating func substituteWorkspacePath(
        _ variable: String,
        _ declaration: WorkspaceDeclaration
    ) {
        for index in steps.indices {
            for usage in steps[index].workspaces
            where usage.name == declaration.name && !usage.mountPath.isEmpty {
                steps[index].substituteAll(Replacements(strings: [variable: usage.mountPath]))
            }
        }
        for index in sidecars.indices {
            for usage in sidecars[index].workspaces
            where usage.name == declaration.name && !usage.mountPath.isEmpty {
                let replacements = Replacements(strings: [variable: usage.mountPath])
                sidecars[index].script = replacements.apply(to: sidecars[index].script)
                sidecars[index].substitute(replacements)
            }
        }
        substitute(Replacements(strings: [variable: declaration.effectiveMountPath]))
    }
}

extension Replacements {
    fileprivate mutating func add(path: String, _ prefix: String, _ name: String) {
        strings["\(prefix).\(name).path"] = path
        strings["\(prefix)[\"\(name)\"].path"] = path
        strings["\(prefix)['\(name)'].path"] = path
    }
}

extension StepDefinition {
    /// The step's container: `step-<name>`, or `step-unnamed-<index>`.
    package func containerName(at index: Int) -> String {
        "step-" + (name.isEmpty ? "unnamed-\(index)" : name)
    }
}
