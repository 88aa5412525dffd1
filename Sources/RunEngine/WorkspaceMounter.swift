// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// Lays the steps over their template and mounts the workspaces into them, as Tekton's
/// `workspace.Apply` does when it makes the pod.
struct WorkspaceMounter {
    /// Host directories bound by `-w`, by workspace.
    var hostDirectories: [String: String]
    /// The names of the workspaces' volumes, which no volume of the Task's own can have been given.
    var volumeNames: [String: String]

    /// Sets the plan's steps, sidecars and volumes.
    ///
    /// A workspace that any step or sidecar lists in its own `workspaces` is mounted only where it is
    /// listed; any other is mounted everywhere. The pod template's environment wins over a step's.
    func mount(into plan: inout TaskRunPlan) {
        var template = plan.spec.stepTemplate ?? StepTemplate()
        var steps = plan.spec.steps
        plan.sidecars = plan.spec.sidecars
        plan.volumes = plan.spec.volumes
        let isolated = Set(
            (steps.map(\.workspaces) + plan.spec.sidecars.map(\.workspaces)).joined().map(\.name)
        )
        for binding in plan.definition.spec.workspaces {
            guard let declaration = plan.spec.workspaces.first(where: { $0.name == binding.name })
            else { continue }
            let volume = volume(of: binding)
            plan.volumes.append(volume)
            plan.hostDirectories[volume.name] = hostDirectories[binding.name]
            var mount = VolumeMount()
            mount.name = volume.name
            mount.mountPath = declaration.effectiveMountPath
            mount.subPath = binding.subPath
            mount.isReadOnly = declaration.isReadOnly
            if !isolated.contains(binding.name) {
                template.volumeMounts.append(mount)
                for index in plan.sidecars.indices {
                    plan.sidecars[index].addUnlessTaken(mount)
                }
                continue
            }
            for index in steps.indices {
                guard let usage = steps[index].workspaces.first(where: { $0.name == binding.name })
                else { continue }
                var own = mount
                if !usage.mountPath.isEmpty { own.mountPath = usage.mountPath }
                steps[index].volumeMounts.append(own)
            }
            for index in plan.sidecars.indices {
                let usages = plan.sidecars[index].workspaces
                guard let usage = usages.first(where: { $0.name == binding.name }) else { continue }
                var own = mount
                if !usage.mountPath.isEmpty { own.mountPath = usage.mountPath }
                plan.sidecars[index].volumeMounts.append(own)
            }
        }
        let pod = plan.definition.spec.podTemplate ?? PodTemplate()
        plan.volumes += pod.volumes
        plan.steps = steps.map { step in
            var merged = template.applied(to: step)
            merged.environment.removeAll { own in
                pod.environment.contains { $0.name == own.name }
            }
            merged.environment += pod.environment
            return merged
        }
    }

    private func volume(of binding: WorkspaceBinding) -> VolumeDefinition {
        var volume = VolumeDefinition()
        volume.name = volumeNames[binding.name] ?? binding.name
        volume.emptyDirectory = binding.emptyDirectory
        volume.secret = binding.secret
        volume.configMap = binding.configMap
        volume.projected = binding.projected
        volume.csi = binding.csi
        volume.persistentVolumeClaim = binding.persistentVolumeClaim
        return volume
    }
}

extension SidecarDefinition {
    /// A workspace gives way to what the sidecar itself mounts at its place.
    fileprivate mutating func addUnlessTaken(_ mount: VolumeMount) {
        if !volumeMounts.contains(where: { $0.mountPath == mount.mountPath }) {
            volumeMounts.append(mount)
        }
    }
}
