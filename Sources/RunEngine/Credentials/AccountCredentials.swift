// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Redaction
internal import Secrets

/// The credentials that a ServiceAccount's annotated Secrets give to every step of its TaskRuns.
///
/// Source: `pkg/credentials` and `pkg/pod/creds_init.go` of Tekton. A Secret counts when it is of type
/// `kubernetes.io/basic-auth` or `ssh-auth` and has annotations `tekton.dev/git-...` or
/// `tekton.dev/docker-...`, or is of one of the two Docker configuration types.
struct AccountCredentials: Sendable {
    /// What is laid into `/tekton/creds` and HOME.
    private(set) var files: [CredentialFile] = []
    /// The Secrets that are mounted whole below `/tekton/creds-secrets`.
    private(set) var secrets: [String] = []
    /// Secrets that the account names and that are not there.
    private(set) var missing: [String] = []

    init() {}

    /// - Throws: `ContainerConfigError` where a Secret lacks a key of its type, or two are for one address.
    init(
        ofAccount account: String,
        in namespace: String,
        _ catalog: ObjectCatalog,
        _ redactor: Redactor
    ) throws {
        var git = GitCredentials()
        var docker = DockerCredentials()
        for name in catalog.secrets(ofAccount: account, in: namespace)
        where !secrets.contains(name) && !missing.contains(name) && !name.isEmpty {
            guard let values = catalog.secret(name, in: namespace),
                let use = catalog.use(ofSecret: name, in: namespace)
            else {
                missing.append(name)
                continue
            }
            let secret = AnnotatedSecret(name: name, values: values)
            let matches = try docker.add(secret, use, redactor)
            if try git.add(secret, use, redactor) || matches { secrets.append(name) }
        }
        files = try git.files() + docker.files()
    }
}
