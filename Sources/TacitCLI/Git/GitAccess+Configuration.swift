// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform
internal import Secrets

extension GitAccess {
    /// What the user's configuration and environment say of git's servers; without credentials.
    ///
    /// `endpoints` apply to git as they do to stores. GIT_SSL_CAINFO, else SSL_CERT_FILE, names the authorities
    /// to trust; known ssh hosts are those of the user and of the system.
    init(_ configuration: Configuration, environment: [String: String]) {
        self.init()
        tls.authorityFile = ["GIT_SSL_CAINFO", "SSL_CERT_FILE"].lazy
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        for rule in configuration.endpoints {
            guard let from = try? GitAddress(rule.address + "/-").url,
                let to = try? GitAddress(rule.url + "/-").url
            else { continue }
            var route = GitRoute(
                host: from.host,
                port: from.effectivePort,
                targetHost: to.host,
                targetPort: to.effectivePort,
                authorityFile: rule.authorityFile
            )
            route.serverName = rule.serverName
            route.certificateFile = rule.certificateFile
            route.keyFile = rule.keyFile
            routes.append(route)
        }
        let home = environment["HOME"].map { ["\($0)/.ssh/known_hosts"] } ?? []
        for path in home + ["/etc/ssh/ssh_known_hosts"] {
            guard let file = try? FileDescriptor.open(path),
                let bytes = try? file.readToEnd(limit: 4 << 20)
            else { continue }
            knownHosts.add(String(decoding: bytes, as: UTF8.self))
        }
    }
}
