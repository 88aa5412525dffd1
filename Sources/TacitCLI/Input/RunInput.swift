// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import Redaction
internal import RunEngine
internal import Secrets
internal import Tekton
internal import YAML

/// The documents of the files, each checked by itself, sorted by what they are for a run.
struct RunInput {
    var documents = RunDocuments()
    var objects = ConfiguredObjects()
    /// Kinds that play no part in a run, each once.
    var idleKinds: [String] = []
    var diagnostics = DiagnosticList()

    /// Reads the files.
    ///
    /// Every value of a Secret is registered with `redactor` before anything can be said of it.
    init(_ files: [SourceFile], namespace: String?, gates: FeatureGates, redactor: Redactor) {
        var manifests: [Manifest] = []
        for file in files {
            let (loaded, problems) = ManifestLoader.load(bytes: file.bytes, file: file.name)
            manifests += loaded
            diagnostics.add(problems)
        }
        for manifest in manifests where manifest.documentKind == .secret {
            RunInput.register(manifest, redactor)
        }
        let (set, duplicates) = ManifestSet.make(manifests, namespace: namespace)
        diagnostics.add(duplicates)
        for manifest in set.manifests {
            add(manifest, namespace: set.namespace(of: manifest), gates: gates)
        }
    }

    private mutating func add(_ manifest: Manifest, namespace: String, gates: FeatureGates) {
        if manifest.documentKind == nil {
            if !idleKinds.contains(manifest.kind) { idleKinds.append(manifest.kind) }
            return
        }
        if manifest.documentKind == .secretProviderClass {
            let (secretClass, problems) = SecretProviderClass.parse(manifest.node)
            diagnostics.add(problems)
            if var secretClass {
                secretClass.namespace = namespace
                documents.classes.append(secretClass)
            }
            return
        }
        let (validated, problems) = ManifestValidator.validate(manifest, gates: gates)
        diagnostics.add(problems)
        switch validated {
        case .task(let task): documents.tasks.append(task)
        case .taskRun(let run): documents.runs.append(.taskRun(run))
        case .pipeline(let pipeline): documents.pipelines.append(pipeline)
        case .pipelineRun(let run): documents.runs.append(.pipelineRun(run))
        case .stepAction(let action): documents.stepActions.append(action)
        case .secret(let secret):
            documents.secrets.append(secret)
            objects.secrets.append(RunInput.object(secret, namespace))
        case .configMap(let configMap):
            documents.configMaps.append(configMap)
            objects.configMaps.append(RunInput.object(configMap, namespace))
        case .serviceAccount(let account):
            let entry = ConfiguredObjects.Account(
                name: account.metadata.name,
                namespace: namespace,
                secrets: account.secrets
            )
            objects.accounts.append(entry)
        default: break
        }
    }

    private static func object(
        _ secret: SecretDocument,
        _ namespace: String
    ) -> ConfiguredObjects.Object {
        ConfiguredObjects.Object(
            name: secret.metadata.name,
            namespace: namespace,
            values: secret.values.mapValues { value in
                ConfiguredObjects.Value(
                    text: value.text,
                    isBase64: value.isBase64,
                    location: value.location
                )
            },
            use: SecretUse(type: secret.type, annotations: secret.metadata.annotations)
        )
    }

    private static func object(
        _ configMap: ConfigMapDocument,
        _ namespace: String
    ) -> ConfiguredObjects.Object {
        let plain = configMap.data.mapValues {
            ConfiguredObjects.Value(text: $0, isBase64: false)
        }
        let binary = configMap.binaryData.mapValues {
            ConfiguredObjects.Value(text: $0, isBase64: true)
        }
        return ConfiguredObjects.Object(
            name: configMap.metadata.name,
            namespace: namespace,
            values: plain.merging(binary) { _, last in last }
        )
    }

    /// Registers the texts of a Secret as they stand in the file, so that not even a diagnostic about
    /// the document shows them.
    static func register(_ manifest: Manifest, _ redactor: Redactor) {
        guard case .mapping(let entries) = manifest.node.content else { return }
        for entry in entries
        where entry.key.scalarText == "data" || entry.key.scalarText == "stringData" {
            guard case .mapping(let values) = entry.value.content else { continue }
            for value in values {
                guard let text = value.value.scalarText else { continue }
                let name = "\(manifest.name)/\(value.key.scalarText ?? "")"
                redactor.register(Array(text.utf8).span, name: name)
                guard entry.key.scalarText == "data",
                    let decoded = try? SecretEncoding.base64.decode(Array(text.utf8).span)
                else { continue }
                decoded.withBytes { redactor.register($0, name: name) }
            }
        }
    }
}
