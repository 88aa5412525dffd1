// SPDX-License-Identifier: Apache-2.0
package import JSON
package import Secrets
package import Tekton

/// One TaskRun, ready to be run: validated, its Task found, every reference replaced.
///
/// Made by `RunPlanner`; nothing has been started and no secret fetched.
package struct TaskRunPlan: Sendable {
    /// Why Tekton's controller would fail the TaskRun before it makes a pod.
    package struct Refusal: Sendable {
        package var reason: String
        package var message: String

        package init(reason: String, message: String) {
            self.reason = reason
            self.message = message
        }
    }

    /// With its name, namespace and uid, and what the command line added.
    package var definition: TaskRunDefinition
    package var uid: String
    package var taskName: String
    /// The task of the pipeline that this is a run of; `nil` for a TaskRun of its own.
    package var pipelineTask: String?
    /// The Task with its StepActions in place, references not yet replaced.
    package var declared: TaskSpec
    /// Host directories bound by `-w`, by workspace.
    package var workspaceDirectories: [String: String]
    /// How many attempts have failed before this one.
    package var retryCount: Int
    /// The Task as this run of it sees it: `status.taskSpec`.
    package var spec: TaskSpec
    /// The steps of `spec` laid over its step template, with the workspaces mounted.
    package var steps: [StepDefinition]
    /// The sidecars of `spec`, with the workspaces mounted.
    package var sidecars: [SidecarDefinition]
    /// The volumes of `spec` and those of the workspaces.
    package var volumes: [VolumeDefinition]
    /// Host directories bound to workspaces by `-w`, by volume name.
    package var hostDirectories: [String: String]
    /// The volume of each workspace: drawn, so that no volume of the Task's own has its name.
    package var workspaceVolumes: [String: String]
    /// Where the Task was fetched from; `nil` for one of the files.
    package var source: RefSource?
    /// What Tekton's optional features were.
    package var gates = FeatureGates()
    /// Tekton's `disable-creds-init`.
    package var hasNoCredentials = false
    /// Where StepActions were fetched from, by the step's index.
    package var stepSources: [Int: RefSource]
    package var timeout: GoDuration
    package var refusal: Refusal?
    /// The service account as which secrets are fetched: what `-s` says, else the YAML's choice where the
    /// configuration allows it, else `default`.
    package var identity: String
    /// The classes that its volumes name, and where they do.
    package var secretClasses: [SecretClassUse]
    /// The only files of its classes that a step gets, by step: `tacit.dev/secrets.<step>`.
    package var secretFiles: [String: Set<String>] = [:]

    /// A class that a volume names.
    package struct SecretClassUse: Sendable {
        /// With the volume's attributes laid over its parameters.
        package var secretClass: SecretProviderClass
        /// The volume's own attributes.
        package var attributes: [String: String]
        package var volume: String

        package init(
            secretClass: SecretProviderClass,
            attributes: [String: String],
            volume: String
        ) {
            self.secretClass = secretClass
            self.attributes = attributes
            self.volume = volume
        }
    }

    package init(
        definition: TaskRunDefinition,
        uid: String,
        taskName: String,
        declared: TaskSpec,
        workspaceDirectories: [String: String] = [:],
        timeout: GoDuration
    ) {
        self.definition = definition
        self.uid = uid
        self.taskName = taskName
        self.declared = declared
        self.workspaceDirectories = workspaceDirectories
        retryCount = 0
        spec = declared
        self.timeout = timeout
        steps = []
        sidecars = []
        volumes = []
        hostDirectories = [:]
        workspaceVolumes = [:]
        stepSources = [:]
        refusal = nil
        secretClasses = []
        identity = "default"
    }

    /// By which a PipelineRun tells that the failure of a task does not fail it.
    static let onErrorAnnotation = "pipeline.tekton.dev/pipeline-task-on-error"

    /// Whether the PipelineRun goes on when this TaskRun fails.
    var failureIsIgnored: Bool {
        definition.metadata.annotations[Self.onErrorAnnotation] == OnError.continue.rawValue
    }

    package var name: String { definition.metadata.name }
    package var namespace: String { definition.metadata.namespace }
}

extension TaskRunPlan {
    /// Whether the run is to stand still somewhere, for its user to look around.
    package var hasBreakpoints: Bool {
        guard let breakpoints = definition.spec.debug?.breakpoints else { return false }
        return !breakpoints.beforeSteps.isEmpty || breaksOnFailure
    }

    var breaksOnFailure: Bool { definition.spec.debug?.breakpoints?.onFailure == "enabled" }

    func breaksBefore(_ step: StepDefinition) -> Bool {
        definition.spec.debug?.breakpoints?.beforeSteps.contains(step.name) ?? false
    }

    /// The labels that Tekton would put on the pod.
    var podLabels: [String: String] {
        let own = [
            "app.kubernetes.io/managed-by": "tekton-pipelines", "tekton.dev/taskRun": name,
            "tekton.dev/taskRunUID": uid,
        ]
        return definition.metadata.labels.merging(own) { given, _ in given }
    }

    /// The finished object: what `kubectl get taskrun -o json` would show, with this status.
    package func json(with status: TaskRunStatus) -> JSONValue {
        guard var members = definition.json.object else {
            preconditionFailure("a definition is a JSON object")
        }
        var metadata = members["metadata"]?.object ?? [:]
        metadata["uid"] = .string(uid)
        if !status.startTime.isEmpty {
            metadata["creationTimestamp"] = .string(status.startTime)
        }
        members["metadata"] = .object(metadata)
        var own = status.json.object ?? [:]
        if status.taskSpec != nil {
            own["provenance"] =
                Provenance(
                    gates: gates,
                    hasNoCredentials: hasNoCredentials,
                    source: status.source
                ).json
        }
        members["status"] = .object(own)
        return .object(members)
    }
}
