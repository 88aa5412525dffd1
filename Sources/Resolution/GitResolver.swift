// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Git
internal import Platform
internal import Tekton

/// Tekton's resolver `git`: a file of a repository at a revision, through libgit2.
struct GitResolver: Sendable {
    var settings: ResolverSettings

    /// As large as Tekton's other resolvers allow.
    private static let byteLimit = 1 << 20
    private static let timeLimit = Duration.seconds(60)

    func resolve(_ request: ReferenceRequest) async throws(ResolutionError) -> ResolvedSource {
        let params = request.params
        if params["repo"] != nil {
            throw ResolutionError(
                .reference,
                "the API of a forge (param `repo`) is not asked; name the repository by `url`"
            )
        }
        let address = params["url"] ?? "https://github.com/tektoncd/catalog.git"
        let revision = params["revision"] ?? "main"
        guard let path = params["pathInRepo"], !path.isEmpty else {
            throw ResolutionError(.reference, "missing required git resolver params: pathInRepo")
        }
        if path.split(separator: "/").contains("..") {
            throw ResolutionError(.reference, "invalid path: \(path)")
        }
        let url = try url(address)
        try Download.check("\(url)")
        let access = try access(for: url, request)
        let directory = settings.gitDirectory
        let file: (commit: String, bytes: [UInt8])
        do {
            file = try await SystemThread.run("git") {
                try Self.read(path, of: url, revision, access, directory)
            }
        } catch {
            throw ResolutionError(.source, "error resolving repository: \(error)")
        }
        return ResolvedSource(
            bytes: file.bytes,
            name: "\(url)@\(revision)/\(path)",
            source: RefSource(
                uri: "git+\(address)",
                digests: ["sha1": file.commit],
                entryPoint: path
            )
        )
    }

    /// A directory of this host is nothing that a file from a repository may name.
    private func url(_ text: String) throws(ResolutionError) -> GitURL {
        let address: GitAddress
        do throws(GitError) {
            address = try GitAddress(text)
        } catch {
            throw ResolutionError(.reference, "invalid git repository url: \(error.message)")
        }
        guard address.url.scheme != .file, address.credential == nil else {
            throw ResolutionError(.forbidden, "invalid git repository url: \(address.url)")
        }
        return address.url
    }

    /// How servers are known, and the Secret that the reference names, where the user lets it go there.
    private func access(
        for url: GitURL,
        _ request: ReferenceRequest
    ) throws(ResolutionError) -> GitAccess {
        var access = settings.gitAccess
        guard let name = request.params["gitToken"], !name.isEmpty else { return access }
        let origin = WebOrigin.of("\(url)")
        guard url.scheme == .https, settings.credentialAddresses.contains(origin) else {
            throw ResolutionError(
                .forbidden,
                "Secret `\(name)` may not be sent to `\(origin)`",
                hint: "allow it in the configuration: `resolvers: {credentials: [\(origin)]}`"
            )
        }
        let key = request.params["gitTokenKey"] ?? "token"
        guard let token = settings.secret(request.namespace, name, key) else {
            throw ResolutionError(
                .reference,
                "cannot get API token, secret \(name) with key \(key) not found in namespace"
                    + " \(request.namespace)"
            )
        }
        do throws(GitError) {
            let text = try token.bytes.withBytes { bytes throws(GitError) in
                try LockedText(copying: bytes)
            }
            let entry = GitAccess.Entry(
                scope: url.replacing(path: "/"),
                .password(user: try LockedText("git"), text)
            )
            access.entries.insert(entry, at: 0)
            return access
        } catch {
            throw ResolutionError(.source, "the token cannot be used: \(error.message)")
        }
    }

    private static func read(
        _ path: String,
        of url: GitURL,
        _ revision: String,
        _ access: GitAccess,
        _ directory: String
    ) throws -> (commit: String, bytes: [UInt8]) {
        let name = try RandomBytes.system.hexadecimal(byteCount: 8)
        let place = "\(directory)/resolve-\(name)"
        defer { try? Directory.removeTree(place) }
        let request = CloneRequest(url, revision: revision, access: access)
        let outcome = try GitClone(
            request,
            cache: MirrorCache(directory: "\(directory)/git"),
            operation: GitOperation(within: timeLimit)
        ).run(into: place)
        let repository = try GitRepository(opening: place)
        guard let commit = outcome.commit?.id else {
            throw GitError("fetch", on: "\(url)", .noSuchRevision, "the repository is empty")
        }
        return ("\(commit)", try repository.file(path, of: commit, limit: byteLimit))
    }
}
