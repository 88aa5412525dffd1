// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Tekton
import YAML

/// Reads the outer shape of a class: what the API server would check, and what every provider shares.
enum ClassDocument {
    private static let group = "secrets-store.csi.x-k8s.io"

    /// Source: `ObjectMeta` of Kubernetes' API conventions.
    private static let metadataFields = [
        "name", "namespace", "labels", "annotations", "generateName", "uid", "resourceVersion",
        "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
        "ownerReferences", "finalizers", "managedFields", "selfLink",
    ]

    static func read(_ document: YAMLNode, _ findings: Findings) -> SecretProviderClass? {
        guard var root = FieldReader(document, path: "", reading: .strings, findings) else {
            return nil
        }
        readVersion(&root)
        let (name, namespace, rotation) = readMetadata(&root, findings)
        // The controller's own report, which says nothing about what to mount.
        _ = root.node("status")
        guard let specification = root.node("spec") else {
            root.error("spec", "a SecretProviderClass needs `spec`")
            root.refuseUnknown(in: "a SecretProviderClass")
            return nil
        }
        root.refuseUnknown(in: "a SecretProviderClass")
        guard
            var spec = FieldReader(specification, path: "spec", reading: .strings, findings)
        else { return nil }
        let provider = spec.text("provider")
        let parameters = readParameters(&spec, findings)
        let synced = SyncedSecretReader.read(&spec, findings)
        spec.refuseUnknown(in: "the class's `spec`")
        var draft = SecretProviderClass(
            name: name,
            namespace: namespace,
            provider: provider,
            parameters: parameters.texts,
            objects: [],
            secretObjects: synced,
            location: document.location,
            parameterNodes: parameters.nodes
        )
        draft.rotation = rotation
        guard checkProvider(provider, spec) else { return nil }
        return assemble(draft, parameters, findings)
    }

    /// Parses the parameters for the class's provider and checks what concerns all objects together.
    static func assemble(
        _ draft: SecretProviderClass,
        _ given: ClassParameters,
        _ findings: Findings
    ) -> SecretProviderClass? {
        guard let provider = SecretProvider(rawValue: draft.provider) else { return nil }
        var parameters = given
        let errorsBefore = findings.errorCount
        let objects: [SecretObject] =
            switch provider {
            case .vault, .openbao: VaultClass.objects(&parameters, for: provider)
            case .aws: AWSClass.objects(&parameters)
            case .azure: AzureClass.objects(&parameters)
            case .gcp: GCPClass.objects(&parameters)
            case .file, .exec: ConfiguredClass.objects(&parameters, for: provider)
            }
        parameters.reportUnknown(to: provider)
        MountedFiles.check(objects, findings)
        // An object that could not be read would be missed here a second time.
        if findings.errorCount == errorsBefore {
            MountedFiles.check(draft.secretObjects, against: objects, findings)
        }
        var made = SecretProviderClass(
            name: draft.name,
            namespace: draft.namespace,
            provider: draft.provider,
            parameters: parameters.texts,
            objects: objects,
            secretObjects: draft.secretObjects,
            location: draft.location,
            parameterNodes: parameters.nodes
        )
        made.rotation = draft.rotation
        return made
    }

    private static func readVersion(_ root: inout FieldReader) {
        let version = root.text("apiVersion")
        switch version {
        case "\(group)/v1": break
        case "\(group)/v1alpha1":
            root.warning(
                "apiVersion",
                "apiVersion `\(version)` is deprecated",
                hint: "write `\(group)/v1`"
            )
        default:
            root.error(
                "apiVersion",
                "a SecretProviderClass has no apiVersion `\(version)`",
                hint: "write `\(group)/v1`"
            )
        }
        let kind = root.text("kind")
        if kind != "SecretProviderClass" {
            root.error("kind", "expected kind `SecretProviderClass`, found `\(kind)`")
        }
    }

    private static func readMetadata(
        _ root: inout FieldReader,
        _ findings: Findings
    ) -> (name: String, namespace: String, rotation: GoDuration?) {
        guard let node = root.node("metadata") else {
            root.error("metadata", "a SecretProviderClass needs `metadata.name`")
            return ("", "", nil)
        }
        guard
            var metadata = FieldReader(node, path: "metadata", reading: .strings, findings)
        else { return ("", "", nil) }
        let name = metadata.requiredText("name", of: "a SecretProviderClass's metadata") ?? ""
        if !name.isEmpty, !KubernetesName.isSubdomain(name) {
            metadata.error("name", "`\(name)` is no name of a Kubernetes object")
        }
        let namespace = metadata.text("namespace")
        if !namespace.isEmpty, !KubernetesName.isLabel(namespace) {
            metadata.error("namespace", "`\(namespace)` is no name of a namespace")
        }
        _ = metadata.stringMap("labels")
        let annotations = metadata.stringMap("annotations")
        let rotation = readRotation(annotations, metadata)
        for field in metadataFields { _ = metadata.node(field) }
        metadata.refuseUnknown(in: "`metadata`")
        return (name, namespace, rotation)
    }

    /// How often the class says that its secrets are to be fetched again.
    private static func readRotation(
        _ annotations: [String: String],
        _ metadata: FieldReader
    ) -> GoDuration? {
        let name = SecretProviderClass.rotationAnnotation
        guard let text = annotations[name] else { return nil }
        if let interval = SecretProviderClass.rotation(text) { return interval }
        metadata.error(
            "annotations",
            "annotation `\(name)` must be `0` or a duration of a second or more, such as `2m`, "
                + "not `\(text)`"
        )
        return nil
    }

    private static func readParameters(
        _ spec: inout FieldReader,
        _ findings: Findings
    ) -> ClassParameters {
        let place = spec.place(of: "parameters")
        var nodes: [String: YAMLNode] = [:]
        if let node = spec.node("parameters"),
            var fields = FieldReader(
                node,
                path: ClassParameters.path,
                reading: .strings,
                findings
            )
        {
            nodes = fields.all()
        }
        return ClassParameters(nodes: nodes, at: place, findings)
    }

    private static func checkProvider(_ name: String, _ spec: FieldReader) -> Bool {
        if SecretProvider(rawValue: name) != nil { return true }
        let known = SecretProvider.allCases.map(\.rawValue)
        if name.isEmpty {
            spec.error(
                "provider",
                "the class names no provider",
                hint: "`provider` is one of \(known.quotedList)"
            )
            return false
        }
        spec.error(
            "provider",
            "provider not found: provider `\(name)`",
            hint: NearMiss.hint(for: name, among: known)
                ?? "`provider` is one of \(known.quotedList)"
        )
        return false
    }
}
