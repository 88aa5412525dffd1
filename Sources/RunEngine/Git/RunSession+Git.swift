// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
package import Git
internal import Secrets
internal import Tekton

extension RunSession {
    /// Clones the workspaces of a command, after `prepare` and before the first step.
    ///
    /// Each repository is shown the credential in its address, and those of the Secrets that the service
    /// accounts of the plans list and that are annotated `tekton.dev/git-...`.
    ///
    /// - Parameters:
    ///   - workspaces: where to clone what.
    ///   - plans: the runs that get them.
    ///   - access: how servers are known; without credentials.
    ///   - cache: keeps mirrors for the next time.
    ///   - operation: how to stop it, and who is told how far it is.
    /// - Returns: what the user should know.
    /// - Throws: `RunFailure.git`; no step has run then.
    package func clone(
        _ workspaces: [GitWorkspace],
        for plans: [RunPlan],
        access: GitAccess,
        cache: MirrorCache,
        operation: GitOperation
    ) async throws(RunFailure) -> [String] {
        var notes: [String] = []
        for workspace in workspaces {
            do throws(GitError) {
                var access = access
                if let credential = workspace.address.credential {
                    let scope = workspace.address.url.replacing(path: "/")
                    access.entries.append(GitAccess.Entry(scope: scope, credential))
                }
                for plan in plans { try addCredentials(of: plan, to: &access) }
                let request = CloneRequest(
                    workspace.address.url,
                    revision: workspace.revision,
                    access: access
                )
                let clone = GitClone(request, cache: cache, operation: operation)
                let directory = workspace.directory
                let outcome = try await GitJob.run(operation) { () throws(GitError) in
                    try clone.run(into: directory)
                }
                notes += outcome.notes.map { "workspace `\(workspace.name)`: \($0)" }
            } catch {
                throw .git(workspace: workspace.name, error)
            }
        }
        return notes
    }

    /// Adds the credentials for git that the service account of a plan lists, as Tekton gives them to steps.
    package func addCredentials(
        of plan: RunPlan,
        to access: inout GitAccess
    ) throws(GitError) {
        let catalog = catalog
        let account = plan.serviceAccount
        for name in catalog.secrets(ofAccount: account, in: plan.namespace) {
            guard let values = catalog.secret(name, in: plan.namespace),
                let use = catalog.use(ofSecret: name, in: plan.namespace)
            else { continue }
            for address in use.addresses("tekton.dev/git-") {
                guard let (scope, credential) = try Self.credential(use.type, values, address)
                else { continue }
                access.entries.append(GitAccess.Entry(scope: scope, credential))
                if let hosts = values["known_hosts"] {
                    access.knownHosts.add(
                        hosts.value.withBytes { bytes in
                            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
                        }
                    )
                }
            }
        }
    }

    private static func credential(
        _ type: String,
        _ values: [String: SecretVersion],
        _ address: String
    ) throws(GitError) -> (GitURL, GitCredential)? {
        func text(_ key: String) throws(GitError) -> LockedText? {
            guard let version = values[key] else { return nil }
            return try version.value.withBytes { bytes throws(GitError) in
                try LockedText(copying: bytes)
            }
        }
        switch type {
        case "kubernetes.io/basic-auth":
            guard let user = try text("username"), let password = try text("password"),
                let scope = scope(address, .https)
            else { return nil }
            return (scope, .password(user: user, password))
        case "kubernetes.io/ssh-auth":
            guard let key = try text("ssh-privatekey"), let scope = scope(address, .ssh) else {
                return nil
            }
            return (scope, .key(key, passphrase: nil))
        default: return nil
        }
    }

    /// What an annotation names: an address, or a host alone.
    private static func scope(_ address: String, _ scheme: GitURL.Scheme) -> GitURL? {
        if address.contains("://") {
            // A path need not be there.
            return try? Git.GitAddress(address.hasSuffix("/") ? address + "." : address + "/.").url
                .droppingLastName
        }
        if scheme == .ssh, !address.contains("/") {
            return try? Git.GitAddress("ssh://\(address)/.").url.droppingLastName
        }
        return nil
    }
}

extension GitURL {
    /// The same without what stands behind the last slash, and without that slash.
    fileprivate var droppingLastName: GitURL {
        guard let slash = path.lastIndex(of: "/") else { return self }
        let parent = String(path[..<slash])
        return replacing(path: parent.isEmpty ? "/" : parent)
    }
}
