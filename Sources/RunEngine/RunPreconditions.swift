// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Tekton

/// What Tekton's controller checks before it makes a TaskRun's pod.
///
/// A breach fails the TaskRun with `TaskRunValidationFailed`, a value that is none of a param's choices with
/// `InvalidParamValue`. Source: `prepare` in the controller's TaskRun
/// reconciler.
struct RunPreconditions {
    var declared: TaskSpec
    var definition: TaskRunDefinition
    var taskName: String
    var isEmbedded: Bool

    /// The first breach, in the controller's order.
    var refusal: TaskRunPlan.Refusal? {
        let params = paramProblem.map { "invalid input params for task \(taskName): \($0)" }
        if params == nil,
            let message = ParamValueChecks.choices(definition.spec.params, declared.params)
        {
            return TaskRunPlan.Refusal(
                reason: "InvalidParamValue",
                message: "[User error] " + message
            )
        }
        guard let message = params ?? indexProblem ?? workspaceProblem else { return nil }
        return TaskRunPlan.Refusal(
            reason: "TaskRunValidationFailed",
            message: "[User error] " + message
        )
    }

    private var paramProblem: String? {
        let given = Dictionary(definition.spec.params.map { ($0.name, $0.value) }) { _, last in last
        }
        let missing = declared.params.filter { $0.defaultValue == nil && given[$0.name] == nil }
        if !missing.isEmpty {
            return "missing values for these params which have no default values: "
                + list(missing.map(\.name))
        }
        let mistyped = declared.params.filter { spec in
            guard let value = given[spec.name] else { return false }
            return value.type != (spec.type ?? .string)
        }
        if !mistyped.isEmpty {
            return "param types don't match the user-specified type: " + list(mistyped.map(\.name))
        }
        return ParamValueChecks.missingKeys(declared.params, definition.spec.params).map {
            "missing keys for these params which are required in ParamSpec's properties \($0)"
        }
    }

    /// References such as `$(params.list[7])` beyond the array's end.
    private var indexProblem: String? {
        let replacements = Replacements.params(
            declared: declared.params,
            given: definition.spec.params
        )
        var beyond: Set<String> = []
        declared.json.forEachString { text in
            var rest = Substring(text)
            let isIndexed: (String) -> Bool = { name in
                guard name.hasSuffix("]"), let open = name.lastIndex(of: "["),
                    Int(name[name.index(after: open)...].dropLast()) != nil
                else { return false }
                return replacements.arrays[String(name[..<open])] != nil
            }
            while let found = VariableOccurrence.first(in: rest, where: isIndexed) {
                if replacements.strings[found.name] == nil { beyond.insert("$(\(found.name))") }
                rest = rest[found.range.upperBound...]
            }
        }
        return beyond.isEmpty ? nil : "non-existent param references:" + list(beyond.sorted())
    }

    private var workspaceProblem: String? {
        let bound = definition.spec.workspaces.map(\.name)
        var names = declared.workspaces.map(\.name)
        for declaration in declared.workspaces where !declaration.isOptional {
            if !bound.contains(declaration.name) {
                return
                    "declared workspace \"\(declaration.name)\" is required but has not been bound"
            }
        }
        if isEmbedded { names += bound }
        for name in bound where !names.contains(name) {
            return "workspace binding \"\(name)\" does not match any declared workspace"
        }
        return nil
    }

    private func list(_ names: [String]) -> String { "[" + names.joined(separator: " ") + "]" }
}

extension JSONValue {
    /// Visits every string leaf.
    fileprivate func forEachString(_ body: (String) -> Void) {
        switch self {
        case .string(let text): body(text)
        case .array(let elements): for element in elements { element.forEachString(body) }
        case .object(let members): for member in members.values { member.forEachString(body) }
        case .null, .bool, .number: break
        }
    }
}
