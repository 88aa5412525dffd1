// SPDX-License-Identifier: Apache-2.0

/// References to what another step leaves behind: its results and its artifacts.
enum StepReferences {
    /// Whether the text has a `$(steps.<step>.results.<result>)`.
    static func hasStepResult(_ text: String) -> Bool {
        stepResult(in: text) != nil
    }

    /// The step and result of the first such reference, which stands on one line.
    static func stepResult(in text: String) -> (step: String, result: String)? {
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let bytes = Array(line)[...]
            guard let start = bytes.range(of: "$(steps."),
                let middle = bytes[start.upperBound...].range(of: ".results."),
                let end = bytes[middle.upperBound...].firstIndex(of: UInt8(ascii: ")"))
            else { continue }
            let step = bytes[start.upperBound..<middle.lowerBound]
            let result = bytes[middle.upperBound..<end]
            return (String(decoding: step, as: UTF8.self), String(decoding: result, as: UTF8.self))
        }
        return nil
    }

    /// Whether the text refers to artifacts of a step or task, or to the files that list them.
    static func hasArtifact(_ text: String) -> Bool {
        let bytes = Array(text.utf8)[...]
        return hasArtifact(bytes, of: "steps") || hasArtifact(bytes, of: "tasks")
            || bytes.range(of: "$(step.artifacts.path)") != nil
            || bytes.range(of: "$(artifacts.path)") != nil
    }

    /// Whether the text refers to artifacts of a task of the pipeline.
    static func hasTaskArtifact(_ text: String) -> Bool {
        hasArtifact(Array(text.utf8)[...], of: "tasks")
    }

    /// Whether the text has `$(<kind>.<name>.inputs.<artifact>)` or the same with `outputs`.
    private static func hasArtifact(_ text: ArraySlice<UInt8>, of kind: String) -> Bool {
        var rest = text
        while let start = rest.range(of: "$(\(kind).") {
            rest = rest[start.upperBound...]
            let name = rest.prefix { $0 != UInt8(ascii: ".") }
            let after = rest[name.endIndex...]
            for direction in [".inputs.", ".outputs."]
            where !name.isEmpty && after.starts(with: direction.utf8) {
                let artifact = after.dropFirst(direction.utf8.count)
                    .prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ")") }
                if !artifact.isEmpty, rest[artifact.endIndex...].first == UInt8(ascii: ")") {
                    return true
                }
            }
        }
        return false
    }
}

extension ArraySlice<UInt8> {
    /// The first place of `text`; `nil` when it has none.
    fileprivate func range(of text: String) -> Range<Int>? {
        let wanted = Array(text.utf8)
        var index = startIndex
        while let found = self[index...].firstIndex(of: wanted[0]) {
            if self[found...].starts(with: wanted) { return found..<(found + wanted.count) }
            index = found + 1
        }
        return nil
    }
}
