// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Secrets
internal import Tekton

/// The annotations that narrow what a step gets of the classes that it mounts.
extension HostRequirements {
    private static let prefix = "tacit.dev/secrets."

    /// Notes in `plan` which files each step gets; a Task's annotation and its TaskRun's both narrow.
    func checkSecretFiles(_ plan: inout TaskRunPlan) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let task = candidate.task
        let sources = [
            (task?.definition.metadata.annotations ?? [:], task?.manifest),
            (candidate.definition.metadata.annotations, candidate.taskRun?.manifest),
        ]
        for (annotations, manifest) in sources {
            let place = manifest?.location(ofField: "metadata.annotations")
            for (name, value) in annotations.sorted(by: { $0.key < $1.key })
            where name.hasPrefix(Self.prefix) {
                let step = String(name.dropFirst(Self.prefix.count))
                let files = value.split(separator: ",").map(Self.trim).filter { !$0.isEmpty }
                for (message, hint) in problems(of: files, forStep: step, plan) {
                    diagnostics.append(
                        Diagnostic(
                            at: place,
                            path: "metadata.annotations",
                            "annotation `\(name)`: \(message)",
                            hint: hint
                        )
                    )
                }
                let known = plan.secretFiles[step]
                plan.secretFiles[step] = known?.intersection(files) ?? Set(files)
            }
        }
        return diagnostics
    }

    private func problems(
        of files: [String],
        forStep name: String,
        _ plan: TaskRunPlan
    ) -> [(message: String, hint: String?)] {
        let containers =
            plan.steps.enumerated().map { (name: $1.shownName(at: $0), mounts: $1.volumeMounts) }
            + plan.sidecars.map { (name: $0.step.name, mounts: $0.step.volumeMounts) }
        guard let container = containers.first(where: { $0.name == name }) else {
            let hint = NearMiss.suggestion(for: name, among: containers.map(\.name))
            return [("there is no step `\(name)`", hint.map { "did you mean `\($0)`?" })]
        }
        let mounted = Set(container.mounts.map(\.name))
        let known = plan.secretClasses.filter { mounted.contains($0.volume) }
            .flatMap { $0.secretClass.objects.flatMap(\.fileNames) }
        return files.filter { file in
            !known.contains { SecretFileName.names(file, $0) || SecretFileName.names($0, file) }
        }
        .map { file in
            let hint = NearMiss.suggestion(for: file, among: known)
            return (
                "no class that step `\(name)` mounts has a file `\(file)`",
                hint.map { "did you mean `\($0)`?" }
            )
        }
    }

    private static func trim(_ text: Substring) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
