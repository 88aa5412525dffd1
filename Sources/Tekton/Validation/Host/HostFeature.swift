// SPDX-License-Identifier: Apache-2.0

/// Something that Tekton runs and that a build of Tacit may or may not.
///
/// What no build can do without a cluster is no feature: it is always refused.
package enum HostFeature: Sendable, Hashable, CaseIterable {
    case sidecars
    case persistentVolumeClaims
    case volumeClaimTemplates
    case csiVolumes
    case projectedVolumes
    case downwardAPI
    case taskResolvers
    case stepActionResolvers
    case pipelineResolvers
    case breakpoints
    case celExpressions
    case outputCopies
    case artifacts
    case hostAliases
    case childPipelines

    /// What the thing is called in a message.
    var noun: String {
        switch self {
        case .sidecars: "sidecars"
        case .persistentVolumeClaims: "persistent volume claims"
        case .volumeClaimTemplates: "volume claim templates"
        case .csiVolumes: "CSI volumes"
        case .projectedVolumes: "projected volumes"
        case .downwardAPI: "downward API volumes"
        case .taskResolvers: "Tasks fetched by a resolver"
        case .stepActionResolvers: "StepActions fetched by a resolver"
        case .pipelineResolvers: "Pipelines fetched by a resolver"
        case .breakpoints: "breakpoints"
        case .celExpressions: "CEL expressions"
        case .outputCopies: "copies of a step's output"
        case .artifacts: "artifacts"
        case .hostAliases: "host aliases"
        case .childPipelines: "pipelines within pipelines"
        }
    }

    /// What to do instead; `nil` when there is nothing short to say.
    var hint: String? {
        switch self {
        case .persistentVolumeClaims, .volumeClaimTemplates:
            "bind the workspace to a directory with `-w NAME=DIRECTORY`"
        case .taskResolvers, .stepActionResolvers, .pipelineResolvers:
            "give the file it would fetch along with this one, and refer to it by name"
        default: nil
        }
    }
}
