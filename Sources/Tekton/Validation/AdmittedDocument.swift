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
            return (nil, [unknownKind(manifest)])
        }
        var decoder = StrictDecoder()
        let json = decoder.decode(manifest.node, as: .object(schema), at: "")
        let problems = decoder.problems
        guard problems.isEmpty else { return (nil, problems) }
        let isV1Beta1 = manifest.version == "v1beta1"
        let context = AdmissionContext(gates: gates, isV1Beta1: isV1Beta1)
        return (AdmittedDocument(json: json, context: context), [])
    }

    /// What to say of a kind that Tekton does not serve in that version, or not at all.
    static func unknownKind(_ manifest: Manifest) -> Diagnostic {
        let versions = schemas.filter { $0.value[manifest.kind] != nil }.keys.sorted()
        guard let version = versions.first else {
            let kinds = schemas.values.flatMap(\.keys)
            let wasRemoved = removedKinds.contains(manifest.kind)
            return Diagnostic(
                at: manifest.location(ofField: "kind"),
                path: "kind",
                wasRemoved
                    ? "`\(manifest.kind)` is no longer a kind of Tekton"
                    : "`\(manifest.kind)` is no kind of Tekton",
                hint: NearMiss.hint(for: manifest.kind, among: Set(kinds).sorted())
            )
        }
        return Diagnostic(
            at: manifest.location(ofField: "apiVersion"),
            path: "apiVersion",
            "`\(manifest.apiVersion)` has no \(manifest.kind)",
            hint: "write `apiVersion: \(version)`"
        )
    }

    private static let removedKinds: Set = ["ClusterTask", "Condition", "PipelineResource", "Run"]

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
