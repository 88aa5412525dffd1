// SPDX-License-Identifier: Apache-2.0

/// The texts of a step or StepAction that may hold references, each with its field path.
///
/// Tekton walks them with one rule after the other; it names some of the paths in its own way.
struct StepVariables {
    /// The image, script and the like; `args` and `command` stand apart, for whole arrays may stand there.
    var texts: [(path: String, text: String)]
    /// The elements of `command` and `args`.
    var words: [(path: String, text: String)]

    /// Tekton writes `MountPath` and `SubPath` where it looks for unknown variables.
    init(_ step: StepDefinition, writesMountFieldsLarge: Bool) {
        let mountPath = writesMountFieldsLarge ? "MountPath" : "mountPath"
        let subPath = writesMountFieldsLarge ? "SubPath" : "subPath"
        texts = [
            ("name", step.name),
            ("image", step.image),
            ("workingDir", step.workingDirectory),
            ("script", step.script),
        ]
        words = Self.words(command: step.command, args: step.args)
        texts += step.environment.map { ("env[\($0.name)]", $0.value) }
        for (index, mount) in step.volumeMounts.enumerated() {
            texts += [
                ("volumeMount[\(index)].name", mount.name),
                ("volumeMount[\(index)].\(mountPath)", mount.mountPath),
                ("volumeMount[\(index)].\(subPath)", mount.subPath),
            ]
        }
    }

    init(_ action: StepActionSpec) {
        texts = [("image", action.image), ("script", action.script)]
        words = Self.words(command: action.command, args: action.args)
        texts += action.environment.map { ("env[\($0.name)]", $0.value) }
        texts += action.volumeMounts.enumerated().map { ("volumeMounts[\($0)]", $1.name) }
    }

    private static func words(
        command: [String],
        args: [String]
    ) -> [(path: String, text: String)] {
        command.enumerated().map { ("command[\($0)]", $1) }
            + args.enumerated().map { ("args[\($0)]", $1) }
    }

    /// Applies one rule to every text and word.
    func check(_ rule: (String) -> FieldErrors) -> FieldErrors {
        check(texts: rule, words: rule)
    }

    /// Applies one rule to the texts and another to the words.
    func check(
        texts textRule: (String) -> FieldErrors,
        words wordRule: (String) -> FieldErrors
    ) -> FieldErrors {
        var errors = FieldErrors.none
        for (path, text) in texts where text.contains("$(") { errors += textRule(text).at(path) }
        for (path, text) in words where text.contains("$(") { errors += wordRule(text).at(path) }
        return errors
    }
}
