// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Sandbox
internal import SecretFS
internal import Tekton

/// Builds the world of one step from its definition.
struct StepWorldBuilder {
    var plan: TaskRunPlan
    var settings: RunSettings
    var pod: PodIdentity
    /// By volume name.
    var volumes: [String: TaskVolume]
    /// The service account's annotated Secrets, which every step sees whole.
    var credentialSecrets: [CredentialSecret]

    struct CredentialSecret: Sendable {
        var name: String
        var files: [SecretFile]
    }

    /// A tree to publish in the secret filesystem before the step starts.
    struct Publication {
        var files: [SecretFile]
        var reader: SecretReader
        var path: String
    }

    /// The mounts of a step, and the trees that they need.
    ///
    /// `prefix` is the step's own place below the secret filesystem's root.
    func mounts(
        for step: StepDefinition,
        at index: Int,
        prefix: String
    ) -> (mounts: [WorldMount], publications: [Publication]) {
        var (mounts, publications) = mounts(
            step.volumeMounts,
            readBy: step.shownName(at: index),
            over: implicitMounts(at: index),
            prefix: prefix
        )
        for (position, secret) in credentialSecrets.enumerated() {
            let path = "\(prefix)/c\(position)"
            let target = "\(TektonPath.credentialSecrets)/\(secret.name)"
            let reader = SecretReader(
                taskRun: plan.name,
                step: step.shownName(at: index),
                volume: secret.name,
                mountPath: target
            )
            publications.append(Publication(files: secret.files, reader: reader, path: path))
            mounts.append(WorldMount(.secrets(path), at: target, readOnly: true))
        }
        return (mounts, publications)
    }

    /// The mounts of a sidecar, which has only its own, its script and the inbox for values to be masked.
    func mounts(
        ofSidecar step: StepDefinition,
        hasScript: Bool,
        prefix: String
    ) -> (mounts: [WorldMount], publications: [Publication]) {
        let inbox = WorldMount(
            .task(MaskInbox.path),
            at: "/tekton/\(MaskInbox.path)",
            readOnly: true
        )
        let scripts = WorldMount(.task("scripts"), at: TektonPath.scripts, readOnly: true)
        return mounts(
            step.volumeMounts,
            readBy: step.name,
            over: hasScript ? [inbox, scripts] : [inbox],
            prefix: prefix
        )
    }

    private func mounts(
        _ volumeMounts: [VolumeMount],
        readBy name: String,
        over implicit: [WorldMount],
        prefix: String
    ) -> (mounts: [WorldMount], publications: [Publication]) {
        var mounts = implicit
        var publications: [Publication] = []
        for (position, mount) in volumeMounts.enumerated() {
            let target = mount.mountPath.hasPrefix("/") ? mount.mountPath : "/" + mount.mountPath
            mounts.removeAll { StepWorldBuilder.isSame($0.target, target) }
            guard let volume = volumes[mount.name] else {
                preconditionFailure("validation refuses a mount of an unknown volume")
            }
            switch volume {
            case .directory(let path):
                mounts.append(
                    WorldMount(
                        .task(path),
                        subPath: mount.subPath,
                        at: target,
                        readOnly: mount.isReadOnly
                    )
                )
            case .host(let path):
                mounts.append(
                    WorldMount(
                        .host(path),
                        subPath: mount.subPath,
                        at: target,
                        readOnly: mount.isReadOnly
                    )
                )
            case .shared(let claim):
                mounts.append(
                    WorldMount(
                        .tree(claim.tree, claim.path),
                        subPath: mount.subPath,
                        at: target,
                        readOnly: mount.isReadOnly
                    )
                )
            case .files(let files):
                let path = "\(prefix)/v\(position)"
                let subPath = Self.clean(mount.subPath)
                let reader = SecretReader(
                    taskRun: plan.name,
                    step: name,
                    volume: mount.name,
                    mountPath: target,
                    subPath: subPath
                )
                let visible = files.filter { file in
                    isVisible(file, of: mount.name, toStep: name, below: subPath)
                }
                publications.append(Publication(files: visible, reader: reader, path: path))
                let source = subPath.isEmpty ? path : "\(path)/\(subPath)"
                mounts.append(WorldMount(.secrets(source), at: target, readOnly: true))
            }
        }
        let ordered = mounts.enumerated().sorted { left, right in
            let depths = (left.element.depth, right.element.depth)
            return depths.0 == depths.1 ? left.offset < right.offset : depths.0 < depths.1
        }
        return (ordered.map(\.element), publications)
    }

    /// Whether a step gets a file: no other than those below the path that it mounts, and of a class no other
    /// than those that its Task names for it, if it names any.
    private func isVisible(
        _ file: SecretFile,
        of volume: String,
        toStep step: String,
        below subPath: String
    ) -> Bool {
        if !subPath.isEmpty, !SecretFileName.names(subPath, file.path) { return false }
        guard let allowed = plan.secretFiles[step],
            plan.secretClasses.contains(where: { $0.volume == volume })
        else { return true }
        return allowed.contains { SecretFileName.names($0, file.path) }
    }

    /// A relative path without empty and `.` elements.
    private static func clean(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    private func implicitMounts(at index: Int) -> [WorldMount] {
        [
            WorldMount(.task("workspace"), at: TektonPath.workspace),
            WorldMount(.task("home"), at: TektonPath.home),
            WorldMount(.task("results"), at: TektonPath.results),
            WorldMount(.task("artifacts"), at: TektonPath.artifacts),
            WorldMount(.task("steps"), at: TektonPath.steps, readOnly: true),
            WorldMount(.task("scripts"), at: TektonPath.scripts, readOnly: true),
            WorldMount(.task("bin"), at: "/tekton/bin", readOnly: true),
            WorldMount(.task("downward"), at: "/tekton/downward", readOnly: true),
            WorldMount(.task("creds/\(index)"), at: TektonPath.credentials),
            WorldMount(.task("run"), at: TektonPath.run, readOnly: true),
            WorldMount(.task("run/\(index)"), at: "\(TektonPath.run)/\(index)"),
        ]
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.split(separator: "/") == right.split(separator: "/")
    }

    /// What a container starts with before its image or its YAML say anything.
    func initialEnvironment(for step: StepDefinition) -> [StepWorld.Variable] {
        let system = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        let path = (settings.toolPaths + [system]).joined(separator: ":")
        let user = identity(of: step).user
        return [
            StepWorld.Variable("HOME", .plain(user == 0 ? "/root" : "/")),
            StepWorld.Variable("HOSTNAME", .plain(pod.name)),
            StepWorld.Variable("PATH", .plain(path)),
        ]
    }

    /// The world without its arguments, environment and mounts.
    func world(for step: StepDefinition) -> StepWorld {
        var world = StepWorld()
        let identity = identity(of: step)
        world.user = identity.user
        world.group = identity.group
        world.supplementaryGroups = identity.supplementary
        world.hostname = String(pod.name.prefix(63))
        world.workingDirectory = step.workingDirectory.isEmpty ? "/" : step.workingDirectory
        world.layers = settings.images.entry(for: step.image)?.layers ?? []
        world.toolPaths = settings.toolPaths
        let context = step.securityContext
        world.rootIsReadOnly = context?.hasReadOnlyRootFilesystem ?? false
        world.noNewPrivileges = context?.allowsPrivilegeEscalation == false
        world.addedCapabilities = context?.capabilities?.added ?? []
        world.droppedCapabilities = context?.capabilities?.dropped ?? []
        return world
    }

    private func identity(
        of step: StepDefinition
    ) -> (user: UInt32, group: UInt32, supplementary: [UInt32]) {
        let pod = plan.definition.spec.podTemplate?.securityContext
        let user = step.securityContext?.runAsUser ?? pod?.runAsUser ?? 0
        let group = step.securityContext?.runAsGroup ?? pod?.runAsGroup ?? 0
        var supplementary = pod?.supplementalGroups ?? []
        if let owner = pod?.fsGroup { supplementary.append(owner) }
        return (
            UInt32(clamping: user), UInt32(clamping: group),
            supplementary.map { UInt32(clamping: $0) }
        )
    }
}

extension WorldMount {
    /// How many names its path has: a parent is always shallower than what lies in it.
    fileprivate var depth: Int { target.split(separator: "/").count }
}

extension StepDefinition {
    /// The step's name in records and logs: its own, or `unnamed-<index>`.
    package func shownName(at index: Int) -> String {
        name.isEmpty ? "unnamed-\(index)" : name
    }
}
