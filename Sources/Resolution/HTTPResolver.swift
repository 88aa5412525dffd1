// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import HTTP
internal import Tekton

/// Tekton's resolver `http`: a file at an address.
struct HTTPResolver: Sendable {
    var settings: ResolverSettings
    var download: Download

    func resolve(_ request: ReferenceRequest) async throws(ResolutionError) -> ResolvedSource {
        guard let url = request.params["url"] else {
            throw ResolutionError(.reference, "missing required http resolver params: url")
        }
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw ResolutionError(.reference, "url \(url) is not a valid http(s) url")
        }
        let answer = try await download.get(url, credential: try credential(for: url, request))
        guard answer.status == 200 else {
            throw ResolutionError(.source, "requested URL '\(url)' is not found")
        }
        if let digest = request.params["digest"] { try check(answer.body, against: digest) }
        let print = try Digest.sha256(of: answer.body)
        return ResolvedSource(
            bytes: answer.body,
            name: url,
            source: RefSource(uri: url, digests: ["sha256": print])
        )
    }

    /// User and password out of a Secret of the files, where the user lets them go to that address.
    private func credential(
        for url: String,
        _ request: ReferenceRequest
    ) throws(ResolutionError) -> HTTPHeader? {
        let user = request.params["http-username"]
        let secret = request.params["http-password-secret"]
        if user == nil, secret == nil { return nil }
        guard let user, let secret else {
            let (missing, given) =
                user == nil
                ? ("http-username", "http-password-secret")
                : ("http-password-secret", "http-username")
            throw ResolutionError(
                .reference,
                "missing required param \(missing) when using \(given)"
            )
        }
        for (name, value) in [("http-username", user), ("http-password-secret", secret)]
        where value.isEmpty {
            throw ResolutionError(.reference, "value \(name) cannot be empty")
        }
        let address = WebOrigin.of(url)
        guard settings.credentialAddresses.contains(address) else {
            throw ResolutionError(
                .forbidden,
                "Secret `\(secret)` may not be sent to `\(address)`",
                hint: "allow it in the configuration: `resolvers: {credentials: [\(address)]}`"
            )
        }
        let key = request.params["http-password-secret-key"] ?? "password"
        guard let password = settings.secret(request.namespace, secret, key) else {
            throw ResolutionError(
                .reference,
                "cannot get API token, secret \(secret) with key \(key) not found in namespace"
                    + " \(request.namespace)"
            )
        }
        do {
            return HTTPHeader("Authorization", secret: try BasicCredential.header(user, password))
        } catch {
            throw ResolutionError(.source, "no locked memory is left for the password")
        }
    }

    private func check(_ body: [UInt8], against digest: String) throws(ResolutionError) {
        let parts = digest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw ResolutionError(
                .reference,
                "error validating digest: invalid digest format: \(digest)"
            )
        }
        let actual: String
        switch parts[0] {
        case "sha256": actual = try Digest.sha256(of: body)
        case "sha512": actual = try Digest.sha512(of: body)
        default:
            throw ResolutionError(
                .reference,
                "error validating digest: invalid digest algorithm: \(parts[0])"
            )
        }
        guard parts[1].count == actual.count else {
            throw ResolutionError(
                .reference,
                "error validating digest: invalid \(parts[0]) digest value, expected length:"
                    + " \(actual.count), got: \(parts[1].count)"
            )
        }
        guard parts[1].lowercased() == actual else {
            throw ResolutionError(
                .source,
                "error validating digest: SHA mismatch, expected \(parts[1]), got \(actual)"
            )
        }
    }
}
