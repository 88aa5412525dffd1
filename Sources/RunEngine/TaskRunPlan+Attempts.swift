// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension TaskRunPlan {
    /// The plan of the attempt that follows `count` failed ones: `$(context.task.retry-count)` counts on.
    func retried(_ count: Int) -> TaskRunPlan {
        var plan = self
        plan.retryCount = count
        plan.resolve()
        return plan
    }

    /// Replaces the references of the declared Task for this attempt, and mounts the workspaces.
    mutating func resolve() {
        spec = declared.resolved(
            params: definition.spec.params,
            bindings: definition.spec.workspaces,
            context: TaskRunContext(
                taskRunName: name,
                namespace: namespace,
                uid: uid,
                taskName: taskName,
                retryCount: retryCount
            ),
            volumeNames: workspaceVolumes
        )
        WorkspaceMounter(hostDirectories: workspaceDirectories, volumeNames: workspaceVolumes)
            .mount(into: &self)
    }

    /// The name of the pod that a cluster would make for this attempt; the host name of its steps.
    var podName: String { name + "-pod" + (retryCount == 0 ? "" : "-retry\(retryCount)") }
}
