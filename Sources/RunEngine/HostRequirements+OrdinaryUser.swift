// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Tekton

/// What an ordinary user's steps cannot be: users and groups that his namespace does not have.
extension HostRequirements {
    /// The problems, by name of the field.
    func checkIdentities() -> [Diagnostic] {
        guard let highest = settings.highestUserID else { return [] }
        func beyond(_ fields: [(String, Int64?)]) -> [(field: String, id: Int64)] {
            fields.compactMap { field, id in
                guard let id, id > Int64(highest) else { return nil }
                return (field, id)
            }
        }
        var diagnostics: [Diagnostic] = []
        let own = plan.steps.enumerated().map { index, step in
            ("steps[\(index)]", "step `\(step.shownName(at: index))`", step.securityContext)
        }
        let beside = plan.sidecars.enumerated().map { index, sidecar in
            ("sidecars[\(index)]", "sidecar `\(sidecar.name)`", sidecar.securityContext)
        }
        for (path, title, context) in own + beside {
            let found = beyond([
                ("runAsUser", context?.runAsUser), ("runAsGroup", context?.runAsGroup),
            ])
            for (field, id) in found {
                diagnostics.append(
                    refused(
                        "\(path).securityContext.\(field)",
                        title,
                        "`\(field): \(id)` cannot be had by an ordinary user here",
                        hint: HostRequirements.identityHint
                    )
                )
            }
        }
        let pod = plan.definition.spec.podTemplate?.securityContext
        let others = (pod?.supplementalGroups ?? []).map { ("supplementalGroups", Optional($0)) }
        let found = beyond(
            [
                ("runAsUser", pod?.runAsUser), ("runAsGroup", pod?.runAsGroup),
                ("fsGroup", pod?.fsGroup),
            ] + others
        )
        for (field, id) in found {
            let place = "spec.podTemplate.securityContext.\(field)"
            diagnostics.append(
                Diagnostic(
                    at: candidate.taskRun?.manifest.location(ofField: place),
                    path: place,
                    "`\(field): \(id)` cannot be had by an ordinary user here",
                    hint: HostRequirements.identityHint
                )
            )
        }
        return diagnostics
    }

    private static let identityHint =
        "run tacit as root, or have `newuidmap` and a range in /etc/subuid and /etc/subgid: "
        + "`tacit doctor` tells the commands"
}
