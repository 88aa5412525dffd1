// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import Secrets
package import Tekton

/// Refuses, before anything runs, what a TaskRun asks for that this host or these files do not have,
/// naming the field.
///
/// What no host can do is `HostValidation`'s; here is what needs the other documents, the resolved
/// values and the configuration.
package struct HostRequirements {
    /// What of Tekton's optional features this build has.
    package static let features: Set<HostFeature> = [
        .csiVolumes, .projectedVolumes, .downwardAPI, .volumeClaimTemplates,
        .persistentVolumeClaims, .sidecars, .celExpressions, .artifacts, .taskResolvers,
        .breakpoints, .outputCopies,
        .stepActionResolvers, .pipelineResolvers,
        .childPipelines,
    ]

    var plan: TaskRunPlan
    var candidate: RunPlanner.Candidate
    var documents: RunDocuments
    var namespace: (ObjectMetadata) -> String
    var settings: RunSettings

    /// The problems; the classes that the volumes name are noted in `plan`.
    func check(_ plan: inout TaskRunPlan) -> [Diagnostic] {
        let host = HostValidation(
            features: HostRequirements.features,
            hostPaths: settings.hostPaths
        )
        var diagnostics = candidate.task.map(host.check) ?? []
        diagnostics += candidate.taskRun.map(host.check) ?? []
        diagnostics += checkRun() + checkSteps() + checkSidecars() + checkIdentities()
        for (index, volume) in plan.volumes.enumerated()
        where plan.hostDirectories[volume.name] == nil && !isOpen(volume) {
            let isOfTask = index < plan.spec.volumes.count
            diagnostics += check(volume, at: isOfTask ? "volumes[\(index)]" : "", &plan)
        }
        diagnostics += checkSecretFiles(&plan)
        for (volume, path) in plan.hostDirectories.sorted(by: { $0.key < $1.key }) {
            guard let hidden = settings.hiddenDirectory(shownBy: path) else { continue }
            diagnostics.append(
                Diagnostic(
                    .error,
                    "volume `\(volume)`: the host's directory `\(path)` would show `\(hidden)`, "
                        + "which no step may see"
                )
            )
        }
        return diagnostics
    }

    private func checkRun() -> [Diagnostic] {
        if HostRequirements.isName(plan.namespace) { return [] }
        return [Diagnostic(.error, "namespace `\(plan.namespace)` is no name of Kubernetes")]
    }

    private func checkSteps() -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for (index, step) in plan.steps.enumerated() {
            let path = "steps[\(index)]"
            let title = "step `\(step.shownName(at: index))`"
            // What kept its StepAction from being put in place has been said.
            if step.reference != nil { continue }
            diagnostics += checkMounts(of: step, path, title)
            let context = step.securityContext
            for (field, id) in [
                ("runAsUser", context?.runAsUser), ("runAsGroup", context?.runAsGroup),
            ] where id.map({ !(0...2_147_483_647).contains($0) }) ?? false {
                diagnostics.append(
                    refused(
                        "\(path).securityContext.\(field)",
                        title,
                        "`\(field)` must be from 0 to 2147483647"
                    )
                )
            }
            diagnostics += checkProgram(of: step, path, title)
        }
        return diagnostics
    }

    /// Whether a volume names a result of another task, which is still to come.
    private func isOpen(_ volume: VolumeDefinition) -> Bool {
        guard candidate.isProvisional else { return false }
        return String(decoding: volume.json.serialize(), as: UTF8.self).contains("$(tasks.")
    }

    /// The volumes that a container mounts must be there.
    func checkMounts(
        of step: StepDefinition,
        _ path: String,
        _ title: String
    ) -> [Diagnostic] {
        let names = plan.volumes.map(\.name)
        var diagnostics = MountChecks(mounts: step.volumeMounts, variables: step.environment)
            .problems
            .map { refused("\(path).\($0.field)", title, $0.message) }
        diagnostics += step.volumeMounts.filter { !names.contains($0.name) }.map { mount in
            refused(
                "\(path).volumeMounts",
                title,
                "no volume is called `\(mount.name)`",
                hint: NearMiss.suggestion(for: mount.name, among: names)
                    .map { "did you mean `\($0)`?" }
            )
        }
        return diagnostics
    }

    /// It must be known what a container runs.
    func checkProgram(
        of step: StepDefinition,
        _ path: String,
        _ title: String
    ) -> [Diagnostic] {
        if candidate.isProvisional, step.image.contains("$(tasks.") { return [] }
        guard step.script.isEmpty, step.command.isEmpty,
            settings.images.entry(for: step.image)?.entrypoint.isEmpty ?? true
        else { return [] }
        return [
            refused(
                "\(path).image",
                title,
                "it has neither `script` nor `command`, and what image `\(step.image)` runs by itself "
                    + "is not known here",
                hint: "add `command`, or map the image in `images`"
            )
        ]
    }

    private func check(
        _ volume: VolumeDefinition,
        at path: String,
        _ plan: inout TaskRunPlan
    ) -> [Diagnostic] {
        let title = "volume `\(volume.name)`"
        if let csi = volume.csi { return check(csi, of: volume, at: path, title, &plan) }
        if let source = volume.hostPath {
            guard let resolved = try? Path.resolved(source.path) else {
                return [refused("\(path).hostPath", title, "this host has no `\(source.path)`")]
            }
            // A link below an allowed directory must not lead out of it.
            guard settings.allowsHostPath(resolved) else {
                return [
                    refused("\(path).hostPath", title, "`\(source.path)` leads to `\(resolved)`")
                ]
            }
            plan.hostDirectories[volume.name] = resolved
            return []
        }
        if let claim = volume.persistentVolumeClaim?.claimName, !HostRequirements.isName(claim) {
            return [
                refused("\(path).persistentVolumeClaim.claimName", title, "`\(claim)` is no name")
            ]
        }
        let problems = VolumeItemChecks(volume: volume).problems
        return problems.map { refused("\(path).\($0.field)", title, $0.message) }
            + checkReferences(of: volume, at: path, title)
    }

    /// A claim and its namespace become names of directories.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253 && !text.hasPrefix(".")
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d || $0 == 0x2e
            }
    }

    private func check(
        _ csi: CSISource,
        of volume: VolumeDefinition,
        at path: String,
        _ title: String,
        _ plan: inout TaskRunPlan
    ) -> [Diagnostic] {
        // Another driver has been refused already.
        guard csi.driver == VolumeResolver.csiDriver else { return [] }
        guard csi.isReadOnly == true else {
            return [refused("\(path).csi.readOnly", title, "`readOnly` must be true")]
        }
        let field = "\(path).csi.volumeAttributes.secretProviderClass"
        guard let name = csi.volumeAttributes["secretProviderClass"] else {
            return [refused("\(path).csi", title, "`secretProviderClass` is not set")]
        }
        let known = documents.classes.filter { namespaceOf($0) == plan.namespace }.map(\.name)
        guard known.contains(name) else {
            let near = NearMiss.suggestion(for: name, among: known)
            let elsewhere = documents.classes.first { $0.name == name }?.namespace
            return [
                refused(
                    field,
                    title,
                    "no SecretProviderClass `\(name)` in namespace `\(plan.namespace)` among the files",
                    hint: near.map { "did you mean `\($0)`?" }
                        ?? elsewhere.map { "there is one in namespace `\($0)`" }
                )
            ]
        }
        return use(name, csi.volumeAttributes, of: volume, at: field, &plan)
    }

    /// Notes the class, with the volume's attributes laid over its parameters.
    private func use(
        _ name: String,
        _ attributes: [String: String],
        of volume: VolumeDefinition,
        at field: String,
        _ plan: inout TaskRunPlan
    ) -> [Diagnostic] {
        let found = documents.classes.first {
            $0.name == name && namespaceOf($0) == plan.namespace
        }
        guard let found else { preconditionFailure("the class was just found by its name") }
        let place = location(of: field) ?? found.location
        let (secretClass, diagnostics) = found.overridden(by: attributes, at: place)
        if let secretClass {
            plan.secretClasses.append(
                TaskRunPlan.SecretClassUse(
                    secretClass: secretClass,
                    attributes: attributes,
                    volume: volume.name
                )
            )
        }
        return diagnostics
    }
}

// MARK: References to other documents
extension HostRequirements {
    private func checkReferences(
        of volume: VolumeDefinition,
        at path: String,
        _ title: String
    ) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        if let secret = volume.secret, secret.isOptional != true,
            !secretNames.contains(secret.secretName)
        {
            diagnostics.append(
                missing(
                    "Secret",
                    secret.secretName,
                    "\(path).secret.secretName",
                    title,
                    secretNames
                )
            )
        }
        if let configMap = volume.configMap, configMap.isOptional != true,
            !configMapNames.contains(configMap.name)
        {
            diagnostics.append(
                missing(
                    "ConfigMap",
                    configMap.name,
                    "\(path).configMap.name",
                    title,
                    configMapNames
                )
            )
        }
        return diagnostics
    }

    /// Of the files, and those that the classes mounted by this run make.
    private var secretNames: [String] {
        let synced = documents.classes.filter { namespaceOf($0) == plan.namespace }
            .flatMap { $0.secretObjects.map(\.secretName) }
        return documents.secrets.filter { namespace($0.metadata) == plan.namespace }
            .map(\.metadata.name) + synced
    }

    private var configMapNames: [String] {
        documents.configMaps.filter { namespace($0.metadata) == plan.namespace }
            .map(\.metadata.name)
    }

    private func namespaceOf(_ secretClass: SecretProviderClass) -> String {
        var metadata = ObjectMetadata()
        metadata.namespace = secretClass.namespace
        return namespace(metadata)
    }

    private func missing(
        _ kind: String,
        _ name: String,
        _ field: String,
        _ title: String,
        _ known: [String]
    ) -> Diagnostic {
        let near = NearMiss.suggestion(for: name, among: known)
        return refused(
            field,
            title,
            "no \(kind) `\(name)` in namespace `\(plan.namespace)` among the files",
            hint: near.map { "did you mean `\($0)`?" }
        )
    }

    func refused(
        _ field: String,
        _ title: String,
        _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            at: location(of: field),
            path: specPath + field,
            "\(title): \(message)",
            hint: hint
        )
    }

    /// Where the Task's spec stands: in a document of its own, or embedded.
    private var specPath: String { candidate.specPath + "." }

    private func location(of field: String) -> SourceLocation? {
        candidate.manifest?.location(ofField: specPath + field)
    }
}
