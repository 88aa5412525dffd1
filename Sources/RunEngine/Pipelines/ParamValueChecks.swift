// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// What Tekton's controller checks of the values that are given to params, in its words.
///
/// Source: `ValidateResolvedTask` and `ValidateEnumParam` in the controller's TaskRun reconciler.
enum ParamValueChecks {
    /// What is wrong with the values that a task of a pipeline gives to its Task; `nil` when nothing is.
    ///
    /// A string that holds a reference may still become an array or an object.
    static func problem(of task: PipelineTask, declared: [ParamSpec]) -> String? {
        let given = Set(task.allParams.map(\.name))
        let missing = declared.filter { $0.defaultValue == nil && !given.contains($0.name) }
        if !missing.isEmpty {
            return "missing values for these params which have no default values: "
                + list(missing.map(\.name))
        }
        let types = Dictionary(declared.map { ($0.name, $0.type ?? .string) }) { $1 }
        let matrix = (task.matrix?.params ?? []) + (task.matrix?.include ?? []).flatMap(\.params)
        let wrong =
            task.params.filter { !fits($0.value, types[$0.name]) }
            + matrix.filter { types[$0.name].map { $0 != .string } ?? false }
        if !wrong.isEmpty {
            return "param types don't match the user-specified type: " + list(wrong.map(\.name))
        }
        return missingKeys(declared, task.params).map {
            "missing keys for these params which are required in ParamSpec's properties \($0)"
        }
    }

    private static func fits(_ value: ParamValue, _ type: ParamType?) -> Bool {
        guard let type, type != value.type else { return true }
        return value.type == .string && value.hasReference
    }

    /// A value that is none of its param's choices; `nil` when there is none.
    static func choices(_ given: [Param], _ declared: [ParamSpec]) -> String? {
        let choices = Dictionary(
            declared.filter { !$0.allowedValues.isEmpty }.map { ($0.name, $0.allowedValues) }
        ) { $1 }
        for param in given {
            guard case .string(let text) = param.value, !text.isEmpty,
                let allowed = choices[param.name], !allowed.contains(text)
            else { continue }
            return "param `\(param.name)` value: \(text) is not in the enum list"
        }
        return nil
    }

    /// The keys that neither a value nor a default gives to an object, as Go prints a map; `nil` for none.
    static func missingKeys(_ declared: [ParamSpec], _ given: [Param]) -> String? {
        let values = Dictionary(given.map { ($0.name, $0.value) }) { $1 }
        let missing = declared.compactMap { spec -> String? in
            guard spec.type == .object, let properties = spec.properties else { return nil }
            let own = values[spec.name]?.objectValue ?? [:]
            let known = Set((spec.defaultValue?.objectValue ?? [:]).keys).union(own.keys)
            let keys = properties.keys.filter { !known.contains($0) }.sorted()
            return keys.isEmpty || known.isEmpty ? nil : "\(spec.name):\(list(keys))"
        }
        return missing.isEmpty ? nil : "map\(list(missing.sorted()))"
    }

    /// What keeps the choices of the pipeline's params from being choices of the Task's; `nil` when nothing
    /// does.
    ///
    /// `task` is the task as written, references to params not replaced.
    static func subset(
        of task: PipelineTask,
        _ pipeline: [ParamSpec],
        _ declared: [ParamSpec],
        taskName: String
    ) -> String? {
        for param in task.params {
            let names = param.value.paramReferences
            guard names.count == 1, let name = names.first else { continue }
            let outer = pipeline.first { $0.name == name } ?? ParamSpec()
            let inner = declared.first { $0.name == param.name }?.allowedValues ?? []
            if outer.type != .string || inner.isEmpty { return nil }
            if outer.allowedValues.isEmpty {
                return "pipeline param \"\(outer.name)\" has no enum, but referenced in "
                    + "\"\(taskName)\" task has enums: \(list(inner))"
            }
            if !Set(outer.allowedValues).isSubset(of: inner) {
                return
                    "pipeline param \"\(outer.name)\" enum: \(list(outer.allowedValues)) is not a "
                    + "subset of the referenced in \"\(taskName)\" task param enum: \(list(inner))"
            }
        }
        return nil
    }

    /// Names as Go prints a list.
    static func list(_ names: [String]) -> String { "[" + names.joined(separator: " ") + "]" }
}
