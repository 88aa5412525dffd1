// SPDX-License-Identifier: Apache-2.0

extension PipelineSpec {
    /// Replaces references in every task of both lists, and in what is written within them.
    package mutating func substitute(_ replacements: Replacements) {
        for index in tasks.indices { tasks[index].substitute(replacements) }
        for index in finally.indices { finally[index].substitute(replacements) }
    }
}

extension PipelineTask {
    /// Replaces references to the pipeline's params, contexts and workspaces, as Tekton's
    /// `replaceVariablesInPipelineTasks`.
    mutating func substitute(_ replacements: Replacements) {
        substituteValues(replacements)
        if !isMatrixed { displayName = replacements.apply(to: displayName) }
        onError = replacements.apply(to: onError)
        propagate(replacements)
    }

    /// Replaces references to results of other tasks, or to how they ended.
    package mutating func substituteResults(_ replacements: Replacements) {
        substituteValues(replacements)
        displayName = replacements.apply(to: displayName)
    }

    /// Replaces references that only params, the matrix and the display name take.
    package mutating func substituteContext(_ replacements: Replacements) {
        params.substitute(replacements)
        matrix?.substitute(replacements)
        displayName = replacements.apply(to: displayName)
    }

    private mutating func substituteValues(_ replacements: Replacements) {
        params.substitute(replacements)
        if isMatrixed { matrix?.substitute(replacements) }
        for index in workspaces.indices {
            workspaces[index].subPath = replacements.apply(to: workspaces[index].subPath)
        }
        for index in when.indices { when[index].substitute(replacements) }
        taskReference?.resolverParams?.substitute(replacements)
        if let name = taskReference?.name { taskReference?.name = replacements.apply(to: name) }
    }

    /// Replaces references in a task that is written in place; a param that the task is given hides the
    /// pipeline's of the same name.
    private mutating func propagate(_ replacements: Replacements) {
        guard taskSpec != nil else { return }
        if params.isEmpty {
            taskSpec?.task.substitute(replacements)
            return
        }
        var own = replacements
        for param in params {
            for spelling in Replacements.pipelineSpellings(of: param.name) {
                if own.strings[spelling] != nil { own.strings[spelling] = param.value.stringValue }
                if own.arrays[spelling] != nil { own.arrays[spelling] = param.value.arrayValue }
                if own.objects[spelling] != nil {
                    own.objects[spelling] = param.value.objectValue
                    for (key, text) in param.value.objectValue {
                        own.strings["params.\(param.name).\(key)"] = text
                    }
                }
            }
        }
        taskSpec?.task.substitute(own)
    }
}

extension Matrix {
    /// A row's params are strings; the others may take whole arrays.
    mutating func substitute(_ replacements: Replacements) {
        var flat = replacements
        flat.objects = [:]
        params.substitute(flat)
        flat.arrays = [:]
        for index in include.indices { include[index].params.substitute(flat) }
    }
}

extension [Param] {
    mutating func substitute(_ replacements: Replacements) {
        for index in indices { self[index].value.substitute(replacements) }
    }
}
