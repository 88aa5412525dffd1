// SPDX-License-Identifier: Apache-2.0

/// References to what another step leaves behind: its results and its artifacts.
enum StepReferences {
    /// Whether the text has a `$(steps.<step>.results.<result>)`.
    static func hasStepResult(_ text: String) -> Bool {
        stepResult(in: text) != nil
    }

    /// The step and result of the first such reference.
    static func stepResult(in text: String) -> (step: String, result: String)? {
        for line in text.split(separator: "\n") {
            var rest = line
            while let start = rest.firstRange(of: "$(steps.") {
                rest = rest[start.upperBound...]
                guard let middle = rest.firstRange(of: ".results."),
                    let end = rest[middle.upperBound...].firstIndex(of: ")")
                else { continue }
                return (
                    String(rest[..<middle.lowerBound]), String(rest[middle.upperBound..<end])
                )
            }
        }
        return nil
    }

    /// Whether the text refers to artifacts of a step or task, or to the files that list them.
    static func hasArtifact(_ text: String) -> Bool {
        hasStepArtifact(text) || hasTaskArtifact(text) || text.contains("$(artifacts.path)")
    }

    static func hasStepArtifact(_ text: String) -> Bool {
        hasArtifact(text, of: "steps") || text.contains("$(step.artifacts.path)")
    }

    static func hasTaskArtifact(_ text: String) -> Bool {
        hasArtifact(text, of: "tasks")
    }

    /// Whether the text has `$(<kind>.<name>.inputs.<artifact>)` or the same with `outputs`.
    private static func hasArtifact(_ text: String, of kind: String) -> Bool {
        var rest = text[...]
        while let start = rest.firstRange(of: "$(\(kind).") {
            rest = rest[start.upperBound...]
            let name = rest.prefix { $0 != "." }
            let after = rest[name.endIndex...]
            for direction in [".inputs.", ".outputs."]
            where !name.isEmpty && after.hasPrefix(direction) {
                let artifact = after.dropFirst(direction.count).prefix { $0 != "." && $0 != ")" }
                let end = after[artifact.endIndex...]
                if !artifact.isEmpty, end.first == ")" { return true }
            }
        }
        return false
    }
}

extension Substring {
    /// The first place of `text`; `nil` when it has none.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        ranges(of: text).first
    }
}
