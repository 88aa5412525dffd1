// SPDX-License-Identifier: Apache-2.0

extension Replacements {
    /// Adds what references to one result of a pipeline task are replaced by in params and conditions: the
    /// whole, its elements, its keys.
    package mutating func add(result name: String, of task: String, _ value: ParamValue) {
        let prefix = "tasks.\(task).results"
        for spelling in ["\(prefix).\(name)", "\(prefix)[\"\(name)\"]", "\(prefix)['\(name)']"] {
            switch value {
            case .string(let text): strings[spelling] = text
            case .array(let elements):
                arrays[spelling] = elements
                for (index, element) in elements.enumerated() {
                    strings["\(spelling)[\(index)]"] = element
                }
            case .object(let members): objects[spelling] = members
            }
        }
        guard case .object(let members) = value else { return }
        for (key, text) in members {
            strings["\(prefix).\(name).\(key)"] = text
            strings["\(prefix)[\"\(name)\"][\(key)]"] = text
            strings["\(prefix)['\(name)'][\(key)]"] = text
        }
    }

    /// Adds what a result becomes in the text of tasks written within the pipeline, which is less: neither an
    /// element of an array nor a whole object.
    ///
    /// Source: `PropagateResults` of Tekton's PipelineRun reconciler.
    package mutating func add(
        propagatedResult name: String,
        of task: String,
        _ value: ParamValue
    ) {
        let reference = "tasks.\(task).results.\(name)"
        switch value {
        case .string(let text): strings[reference] = text
        case .array(let elements): arrays[reference] = elements
        case .object(let members):
            for (key, text) in members { strings["\(reference).\(key)"] = text }
        }
    }
}
