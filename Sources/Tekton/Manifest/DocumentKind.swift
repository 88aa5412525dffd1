// SPDX-License-Identifier: Apache-2.0

/// The kinds of documents that play a part in a run.
package enum DocumentKind: String, Sendable, CaseIterable {
    case task = "Task"
    case taskRun = "TaskRun"
    case pipeline = "Pipeline"
    case pipelineRun = "PipelineRun"
    case stepAction = "StepAction"
    case secretProviderClass = "SecretProviderClass"
    case secret = "Secret"
    case configMap = "ConfigMap"
    case serviceAccount = "ServiceAccount"

    /// The API group that the kind belongs to; empty for Kubernetes' core.
    package var group: String {
        switch self {
        case .task, .taskRun, .pipeline, .pipelineRun, .stepAction: "tekton.dev"
        case .secretProviderClass: "secrets-store.csi.x-k8s.io"
        case .secret, .configMap, .serviceAccount: ""
        }
    }
}
