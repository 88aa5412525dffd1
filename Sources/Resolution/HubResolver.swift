// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Tekton

/// Tekton's resolver `hub`: a package of Artifact Hub, or of a Tekton Hub where the user has one.
struct HubResolver: Sendable {
    var settings: ResolverSettings
    var download: Download

    private struct Place {
        var isArtifactHub: Bool
        var kind: String
        var catalog: String
        var name: String
        var version: String
    }

    func resolve(_ request: ReferenceRequest) async throws(ResolutionError) -> ResolvedSource {
        var place = try place(of: request)
        let base = try base(of: place)
        if let constraint = VersionConstraint(place.version) {
            place.version = try await version(meeting: constraint, place, base)
        }
        let parts = place.version.split(separator: ".", omittingEmptySubsequences: false)
        if place.isArtifactHub, parts.count == 2 {
            place.version += ".0"
        } else if !place.isArtifactHub, parts.count > 2 {
            place.version = parts.prefix(2).joined(separator: ".")
        }
        let path =
            place.isArtifactHub
            ? "\(packages(place))/\(place.version)" : "\(packages(place))/\(place.version)/yaml"
        let url = "\(base)/\(path)"
        let json = try await fetch(url, place)
        let text = place.isArtifactHub ? json["manifestRaw"]?.string : json["data"]?["yaml"]?.string
        let bytes = Array((text ?? "").utf8)
        let print = try Digest.sha256(of: bytes)
        return ResolvedSource(
            bytes: bytes,
            name: url,
            source: RefSource(uri: url, digests: ["sha256": print])
        )
    }

    private func place(of request: ReferenceRequest) throws(ResolutionError) -> Place {
        let params = request.params
        let type = params["type"] ?? "artifact"
        guard type == "artifact" || type == "tekton" else {
            throw ResolutionError(
                .reference,
                "failed to validate params: type param must be artifact or tekton"
            )
        }
        let kind = params["kind"] ?? "task"
        guard ["task", "pipeline", "stepaction"].contains(kind) else {
            throw ResolutionError(
                .reference,
                "failed to validate params: kind param must be one of: task, pipeline, stepaction"
            )
        }
        let missing = ["name", "version"].filter { params[$0] == nil }
        guard missing.isEmpty, let name = params["name"], let version = params["version"] else {
            throw ResolutionError(
                .reference,
                "failed to validate params: missing required hub resolver params: "
                    + missing.joined(separator: ", ")
            )
        }
        let catalogs = ["task": "tekton-catalog-tasks", "pipeline": "tekton-catalog-pipelines"]
        guard let catalog = params["catalog"] ?? (type == "tekton" ? "Tekton" : catalogs[kind])
        else {
            throw ResolutionError(
                .reference,
                "failed to populate default params: failed to resolve catalog name with kind: \(kind)"
            )
        }
        for (what, text) in [("catalog", catalog), ("name", name), ("version", version)]
        where text.contains("..") || text.contains("?") || text.contains("#") {
            throw ResolutionError(.reference, "param \(what) is no name of a hub: \(text)")
        }
        return Place(
            isArtifactHub: type == "artifact",
            kind: kind,
            catalog: catalog,
            name: name,
            version: version
        )
    }

    private func base(of place: Place) throws(ResolutionError) -> String {
        guard let base = place.isArtifactHub ? settings.artifactHub : settings.tektonHub else {
            throw ResolutionError(
                .reference,
                "failed to validate params: no Tekton Hub is configured, which type tekton needs",
                hint: "name it in the configuration: `resolvers: {tektonHub: https://...}`"
            )
        }
        return base.hasSuffix("/") ? String(base.dropLast()) : base
    }

    private func packages(_ place: Place) -> String {
        place.isArtifactHub
            ? "api/v1/packages/tekton-\(place.kind)/\(place.catalog)/\(place.name)"
            : "v1/resource/\(place.catalog)/\(place.kind)/\(place.name)"
    }

    private func fetch(_ url: String, _ place: Place) async throws(ResolutionError) -> JSONValue {
        let hub = place.isArtifactHub ? "Artifact Hub" : "Tekton Hub"
        let failure = { (what: String) in
            ResolutionError(.source, "fail to fetch \(hub) resource: \(what)")
        }
        let answer: Download.Answer
        do throws(ResolutionError) {
            answer = try await download.get(url.replacing(" ", with: "%20"))
        } catch {
            throw error.kind == .source ? failure(error.message) : error
        }
        guard answer.status == 200 else {
            throw failure("requested resource '\(url)' not found on hub")
        }
        do throws(JSONError) {
            return try JSONValue.parse(answer.body)
        } catch {
            throw failure("error unmarshalling json response: \(error)")
        }
    }

    /// The latest version that a constraint allows.
    private func version(
        meeting constraint: VersionConstraint,
        _ place: Place,
        _ base: String
    ) async throws(ResolutionError) -> String {
        let json = try await fetch("\(base)/\(packages(place))", place)
        let list = place.isArtifactHub ? json["available_versions"] : json["data"]?["versions"]
        var best: HubVersion?
        for entry in list?.array ?? [] {
            if entry["prerelease"] == .bool(true) { continue }
            guard let version = HubVersion(entry["version"]?.string ?? ""),
                constraint.allows(version),
                best.map({ !(version < $0) }) ?? true
            else { continue }
            best = version
        }
        guard let best else {
            throw ResolutionError(
                .source,
                "no version found for constraint \(place.version)"
            )
        }
        return best.text
    }
}
