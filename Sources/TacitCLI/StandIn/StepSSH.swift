// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform

/// The keys and known hosts of a `.ssh` directory, with the few settings of its `config` that Tekton writes.
struct StepSSH {
    var home: String

    /// Adds the keys for a host, in the order in which ssh tries them: libssh2 takes the first.
    func add(to access: inout GitAccess, for url: GitURL) throws {
        let settings = settings(of: url.host)
        if let host = settings["hostname"] {
            access.routes.append(
                GitRoute(
                    host: url.host,
                    port: url.effectivePort,
                    targetHost: host,
                    targetPort: settings["port"].flatMap { Int($0) } ?? url.effectivePort
                )
            )
        }
        let check = settings["stricthostkeychecking"] ?? ""
        access.knownHosts.acceptsAnyHost = check == "no" || check == "off"
        let known = settings["userknownhostsfile"].map(expand) ?? "\(home)/.ssh/known_hosts"
        for path in [known, "/etc/ssh/ssh_known_hosts"] {
            if let text = read(path) { access.knownHosts.add(text) }
        }
        let paths =
            settings["identityfile"].map { [expand($0)] }
            ?? ["id_rsa", "id_ecdsa", "id_ed25519"].map { "\(home)/.ssh/\($0)" }
        for path in paths {
            guard let text = read(path) else { continue }
            let key = GitCredential.key(try LockedText(text), passphrase: nil)
            access.entries.append(GitAccess.Entry(scope: url.replacing(path: "/"), key))
            return
        }
    }

    private func read(_ path: String) -> String? {
        guard let file = try? FileDescriptor.open(path),
            let bytes = try? file.readToEnd(limit: 1 << 20)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func expand(_ path: String) -> String {
        path.hasPrefix("~/") ? home + path.dropFirst() : path
    }

    /// The first value of each setting that applies to a host, names in lower case.
    private func settings(of host: String) -> [String: String] {
        guard let text = read("\(home)/.ssh/config") else { return [:] }
        var settings: [String: String] = [:]
        var applies = true
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: { " \t=".contains($0) }).map(String.init)
            guard words.count >= 2, !words[0].hasPrefix("#") else { continue }
            let name = words[0].lowercased()
            if name == "host" {
                applies = words.dropFirst().contains { $0 == host || $0 == "*" }
            } else if applies, settings[name] == nil {
                settings[name] = words[1]
            }
        }
        return settings
    }
}
