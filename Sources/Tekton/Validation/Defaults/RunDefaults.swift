// SPDX-License-Identifier: Apache-2.0

/// What Tekton fills in, as its `config-defaults` ships.
package enum RunDefaults {
    package static let timeout = GoDuration(seconds: 3600)
    package static let serviceAccountName = "default"
    /// How many combinations a matrix may have.
    package static let matrixCombinationLimit = 256
    package static let managedByLabel = "app.kubernetes.io/managed-by"
    package static let managedByValue = "tekton-pipelines"
}

extension TaskReference {
    /// A name without a kind means a Task.
    mutating func setDefaults() {
        if kind.isEmpty, resolver.isEmpty { kind = "Task" }
    }
}

extension TaskRunSpec {
    mutating func setDefaults() {
        taskReference?.setDefaults()
        timeout = timeout ?? RunDefaults.timeout
        if serviceAccountName.isEmpty { serviceAccountName = RunDefaults.serviceAccountName }
        taskSpec?.setDefaults()
    }
}

extension TaskRunDefinition {
    package mutating func setDefaults() {
        spec.setDefaults()
        if metadata.labels[RunDefaults.managedByLabel] == nil {
            metadata.labels[RunDefaults.managedByLabel] = RunDefaults.managedByValue
        }
    }
}

extension PipelineSpec {
    mutating func setDefaults() {
        for index in params.indices { params[index].setDefaults() }
        for index in tasks.indices { tasks[index].setDefaults() }
        for index in finally.indices { finally[index].setDefaults() }
    }
}

extension PipelineTask {
    mutating func setDefaults() {
        taskReference?.setDefaults()
        taskSpec?.task.setDefaults()
    }
}

extension PipelineRunSpec {
    mutating func setDefaults() {
        var limits = timeouts ?? PipelineTimeouts()
        limits.pipeline = limits.pipeline ?? RunDefaults.timeout
        timeouts = limits
        if taskRunTemplate.serviceAccountName.isEmpty {
            taskRunTemplate.serviceAccountName = RunDefaults.serviceAccountName
        }
        pipelineSpec?.setDefaults()
    }
}

extension PipelineRunDefinition {
    package mutating func setDefaults() {
        spec.setDefaults()
    }
}
