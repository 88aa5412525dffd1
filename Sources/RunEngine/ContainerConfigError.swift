// SPDX-License-Identifier: Apache-2.0

/// Why Kubernetes would not have created a step's container: something it refers to is missing.
///
/// It ends the TaskRun with the reason `CreateContainerConfigError`.
struct ContainerConfigError: Error, Sendable {
    /// In the kubelet's words, without a full stop.
    var message: String
}
