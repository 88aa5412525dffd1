// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Git
internal import JSON
internal import Resolution
internal import RunEngine
internal import Secrets
internal import Tekton

extension ReferenceResolver {
    /// Asks where the configuration says; the files are the cluster, and the only source of credentials.
    init(
        _ configuration: Configuration,
        _ input: RunInput,
        namespace: String?,
        cache: String,
        environment: [String: String]
    ) {
        let secrets = input.objects.secrets
        let settings = ResolverSettings(
            artifactHub: configuration.artifactHub,
            tektonHub: configuration.tektonHub,
            credentialAddresses: configuration.resolverCredentials,
            gitAccess: GitAccess(configuration, environment: environment),
            gitDirectory: cache
        ) { namespace, name, key in
            let object = secrets.first { $0.name == name && $0.namespace == namespace }
            guard let value = object?.values[key] else { return nil }
            let encoding: SecretEncoding = value.isBase64 ? .base64 : .utf8
            guard let decoded = try? encoding.decode(Array(value.text.utf8).span) else {
                return nil
            }
            return SharedLockedBytes(decoded)
        }
        var cluster = ClusterDocuments()
        func place(_ metadata: ObjectMetadata) -> String {
            namespace ?? (metadata.namespace.isEmpty ? "default" : metadata.namespace)
        }
        for task in input.documents.tasks {
            let metadata = task.definition.metadata
            cluster.add(.task, metadata.name, in: place(metadata), task.definition.json)
        }
        for pipeline in input.documents.pipelines {
            let metadata = pipeline.definition.metadata
            cluster.add(.pipeline, metadata.name, in: place(metadata), pipeline.definition.json)
        }
        for action in input.documents.stepActions {
            let metadata = action.definition.metadata
            cluster.add(.stepAction, metadata.name, in: place(metadata), action.definition.json)
        }
        self.init(settings: settings, cluster: cluster)
    }
}
