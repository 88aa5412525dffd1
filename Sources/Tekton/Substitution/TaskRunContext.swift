// SPDX-License-Identifier: Apache-2.0

/// What `$(context...)` stands for in a TaskRun.
package struct TaskRunContext: Sendable {
    package var taskRunName: String
    package var namespace: String
    package var uid: String
    /// The Task's name; the TaskRun's where the spec is embedded.
    package var taskName: String
    package var retryCount: Int

    package init(
        taskRunName: String,
        namespace: String,
        uid: String,
        taskName: String,
        retryCount: Int = 0
    ) {
        self.taskRunName = taskRunName
        self.namespace = namespace
        self.uid = uid
        self.taskName = taskName
        self.retryCount = retryCount
    }

    /// The variables and their values.
    package var replacements: Replacements {
        Replacements(strings: [
            "context.taskRun.name": taskRunName,
            "context.taskRun.namespace": namespace,
            "context.taskRun.uid": uid,
            "context.task.name": taskName,
            "context.task.retry-count": String(retryCount),
        ])
    }
}
