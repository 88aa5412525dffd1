// SPDX-License-Identifier: Apache-2.0

/// What a validator needs to know besides the object.
struct AdmissionContext: Sendable {
    var gates: FeatureGates
    /// Whether the document is written in `tekton.dev/v1beta1`, whose rules differ in places.
    var isV1Beta1 = false

    func requires(
        _ stability: FeatureGates.Stability,
        for feature: String,
        at path: String = ""
    ) -> FieldErrors {
        .gated(feature, needs: stability, gates: gates, at: path)
    }
}
