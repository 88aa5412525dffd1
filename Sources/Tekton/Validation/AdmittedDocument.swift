// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON

/// A document whose fields are all known and of the right type.
struct AdmittedDocument {
    /// The fields, those of `tekton.dev/v1beta1` still by their names there.
    var json: JSONValue
    var context: AdmissionContext

    /// Checks the fields against the schema of the document's kind and version.
    ///
    /// - Returns: `nil` with the problems when there are any.
    static func decode(
        _ manifest: Manifest,
        gates: FeatureGates
    ) -> (document: AdmittedDocument?, problems: [Diagnostic]) {
        guard let schema = schemas[manifest.apiVersion]?[manifest.kind] else {
            let versions = schemas.filter { $0.value[manifest.kind] != nil }.keys.sorted()
            let problem = Diagnostic(
                at: manifest.location(ofField: "apiVersion"),
                path: "apiVersion",
                "`\(manifest.apiVersion)` has no \(manifest.kind)",
                hint: "write `apiVersion: \(versions.first ?? "tekton.dev/v1")`"
            )
            return (nil, [problem])
        }
        var decoder = StrictDecoder()
        let json = decoder.decode(manifest.node, as: .object(schema), at: "")
        guard decoder.problems.isEmpty else { return (nil, decoder.problems) }
        let isV1Beta1 = manifest.version == "v1beta1"
        let context = AdmissionContext(gates: gates, isV1Beta1: isV1Beta1)
        return (AdmittedDocument(json: json, context: context), [])
    }

    /// The schema for each version and kind.
    private static let schemas: [String: [String: String]] = [
        "tekton.dev/v1": [
            "Task": "Task",
            "TaskRun": "TaskRun",
            "Pipeline": "Pipeline",
            "PipelineRun": "PipelineRun",
        ],
        "tekton.dev/v1beta1": [
            "Task": "TaskV1Beta1",
            "TaskRun": "TaskRunV1Beta1",
            "Pipeline": "PipelineV1Beta1",
            "PipelineRun": "PipelineRunV1Beta1",
            "StepAction": "StepActionV1Beta1",
        ],
        "tekton.dev/v1alpha1": [
            "StepAction": "StepActionV1Alpha1"
        ],
    ]
}
