// SPDX-License-Identifier: Apache-2.0
// Resolution: fetches the Tasks, Pipelines and StepActions that a reference names through a resolver.
// Principal type: ReferenceResolver. It reads no document and decides nothing about a run. An address that
// the YAML names gets no identity of the host's; a Secret goes only where the user's settings allow it.
package import HTTP
package import Tekton

/// Answers references as Tekton's resolvers do.
package struct ReferenceResolver: Sendable {
    var settings: ResolverSettings
    var client: HTTPClient
    /// The documents at hand, which are the cluster.
    var cluster: ClusterDocuments

    package init(
        settings: ResolverSettings,
        cluster: ClusterDocuments,
        client: HTTPClient = HTTPClient()
    ) {
        self.settings = settings
        self.cluster = cluster
        self.client = client
    }

    /// Fetches what a reference names.
    ///
    /// - Throws: `ResolutionError`. Cancelling the task ends it.
    package func resolve(
        _ request: ReferenceRequest
    ) async throws(ResolutionError) -> ResolvedSource {
        switch request.resolver {
        case "cluster": return try cluster.resolve(request)
        case "http":
            return try await HTTPResolver(settings: settings, download: download).resolve(request)
        case "git": return try await GitResolver(settings: settings).resolve(request)
        case "hub":
            return try await HubResolver(settings: settings, download: download).resolve(request)
        case "bundles":
            throw ResolutionError(
                .reference,
                "it needs a registry, and is not there yet",
                hint: "give the file along with this one, and refer to it by name"
            )
        default:
            throw ResolutionError(
                .reference,
                "no resolver `\(request.resolver)`; there are "
                    + ReferenceRequest.resolvers.sorted().map { "`\($0)`" }.joined(separator: ", ")
            )
        }
    }

    private var download: Download { Download(client: client) }
}
