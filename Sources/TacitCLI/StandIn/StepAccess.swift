// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform

/// What a step's HOME and environment say of git's servers: `.gitconfig`, `.git-credentials` and `.ssh`, as
/// Tekton, or the step itself, puts them there.
struct StepAccess {
    var environment: [String: String]

    private var home: String { environment["HOME"] ?? "/" }

    /// Everything that can be shown to the remote at `address`, and how it is recognised.
    func access(
        for address: GitAddress,
        in repository: GitRepository? = nil
    ) throws -> GitAccess {
        var access = GitAccess()
        if let credential = address.credential {
            let scope = address.url.replacing(path: "/")
            access.entries.append(GitAccess.Entry(scope: scope, credential))
        }
        var settings = try configuration("\(home)/.gitconfig")
        if let repository { settings += try configuration("\(repository.directory)/config") }
        func setting(_ name: String) -> String? { settings.last { $0.name == name }?.value }
        access.tls.authorityFile = variable("GIT_SSL_CAINFO") ?? setting("http.sslcainfo")
        access.tls.authorityDirectory = variable("GIT_SSL_CAPATH")
        access.tls.certificateFile = variable("GIT_SSL_CERT") ?? setting("http.sslcert")
        access.tls.keyFile = variable("GIT_SSL_KEY") ?? setting("http.sslkey")
        access.tls.isVerified =
            variable("GIT_SSL_NO_VERIFY") == nil && setting("http.sslverify") != "false"
        access.proxy = setting("http.proxy")
        if settings.contains(where: {
            $0.name.hasPrefix("credential.") && $0.name.hasSuffix("helper")
                && $0.value.hasPrefix("store")
        }) {
            try addStored(to: &access)
        }
        if address.url.scheme == .ssh {
            try StepSSH(home: home).add(to: &access, for: address.url)
        }
        return access
    }

    private func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func configuration(_ path: String) throws -> [(name: String, value: String)] {
        guard (try? FileStatus(of: path)) != nil else { return [] }
        return try GitConfiguration(file: path).entries()
    }

    /// The lines of `.git-credentials`; those that are no address are passed over, as git does.
    private func addStored(to access: inout GitAccess) throws {
        guard let file = try? FileDescriptor.open("\(home)/.git-credentials") else { return }
        let text = String(decoding: try file.readToEnd(limit: 1 << 20), as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            let hasPath = line.split(separator: "/", maxSplits: 2).count > 2
            guard let address = try? GitAddress(hasPath ? String(line) : "\(line)/."),
                let credential = address.credential
            else { continue }
            let scope = hasPath ? address.url : address.url.replacing(path: "/")
            access.entries.append(GitAccess.Entry(scope: scope, credential))
        }
    }
}
