// SPDX-License-Identifier: Apache-2.0

/// What follows `$(` in a reference: `params`, `context.taskRun`, `params.<object>`.
struct VariablePrefix: Sendable {
    /// The text before the name; every point but one in ``loosePoint`` stands for itself.
    var text: String
    /// Whether a point of `text` matches any character.
    ///
    /// Tekton puts some of its prefixes and every object's name into a regular expression without quoting.
    private var loose: Set<Int> = []

    init(_ text: String) {
        self.text = text
    }

    static let params = VariablePrefix("params")
    static let results = VariablePrefix("results")
    static let workspaces = VariablePrefix("workspaces")
    static let taskRunContext = VariablePrefix("context.taskRun")
    static let taskContext = VariablePrefix("context.task")
    static let pipelineRunContext = VariablePrefix("context.pipelineRun")
    static let pipelineContext = VariablePrefix("context.pipeline")
    static let pipelineTaskContext = VariablePrefix("context.pipelineTask")

    /// `step.results`, whose point matches any character.
    static let stepResults: VariablePrefix = {
        var prefix = VariablePrefix("step.results")
        prefix.loose = [4]
        return prefix
    }()

    /// The keys of an object parameter; points of its name match any character.
    static func keys(of parameter: String) -> VariablePrefix {
        var prefix = VariablePrefix("params." + parameter)
        let start = "params.".utf8.count
        for (offset, byte) in parameter.utf8.enumerated() where byte == UInt8(ascii: ".") {
            prefix.loose.insert(start + offset)
        }
        return prefix
    }

    /// The index after the prefix when it stands at `start`; `nil` when it does not.
    func end(in bytes: ArraySlice<UInt8>, at start: Int) -> Int? {
        var index = start
        for (offset, wanted) in text.utf8.enumerated() {
            guard index < bytes.endIndex else { return nil }
            let isAnything = loose.contains(offset) && bytes[index] != UInt8(ascii: "\n")
            guard bytes[index] == wanted || isAnything else { return nil }
            index += 1
        }
        return index
    }
}
