// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Redaction
internal import Secrets

/// `.gitconfig`, `.git-credentials` and `.ssh` out of Secrets annotated `tekton.dev/git-...`.
struct GitCredentials {
    /// In the order in which Tekton meets them.
    private var basic: [(address: String, secret: AnnotatedSecret)] = []
    private var ssh: [(address: GitAddress, secrets: [AnnotatedSecret])] = []

    /// Whether the Secret is one for git.
    mutating func add(
        _ secret: AnnotatedSecret,
        _ use: SecretUse,
        _ redactor: Redactor
    ) throws -> Bool {
        let addresses = use.addresses("tekton.dev/git-")
        switch use.type {
        case "kubernetes.io/basic-auth":
            for address in addresses {
                guard !basic.contains(where: { $0.address == address }) else {
                    throw ContainerConfigError(message: "multiple entries for url: \(address)")
                }
                try secret.registerPair(with: redactor)
                basic.append((address, secret))
            }
        case "kubernetes.io/ssh-auth":
            for address in addresses.map(GitAddress.init) {
                _ = try secret.value("ssh-privatekey")
                if let known = ssh.firstIndex(where: { $0.address == address }) {
                    ssh[known].secrets.append(secret)
                } else {
                    ssh.append((address, [secret]))
                }
            }
        default: return false
        }
        return !addresses.isEmpty
    }

    func files() throws -> [CredentialFile] {
        var files: [CredentialFile] = []
        if !basic.isEmpty || ssh.contains(where: { !$0.address.path.isEmpty }) {
            files.append(CredentialFile(path: ".gitconfig", content: try configuration()))
        }
        if !basic.isEmpty {
            files.append(CredentialFile(path: ".git-credentials", content: try store()))
        }
        return try files + sshFiles()
    }

    private func configuration() throws -> SharedLockedBytes {
        var text = try LockedWriter(capacity: 256)
        if !basic.isEmpty { try text.append("[credential]\n\thelper = store\n") }
        for (address, secret) in basic {
            try text.append("[credential \"\(Self.escaped(address))\"]\n\tusername = ")
            let name = try secret.value("username")
            try name.value.withBytes { bytes in
                for index in bytes.indices {
                    // A backslash would begin an escape there.
                    if bytes[index] == UInt8(ascii: "\\") { try text.append(bytes[index]) }
                    try text.append(bytes[index])
                }
            }
            try text.append(WebAddress(address).hasPath ? "\n\tuseHttpPath = true\n" : "\n")
        }
        for (address, _) in hostsFirst where !address.path.isEmpty {
            try text.append(address.redirections)
        }
        return text.shared()
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    /// One address a line, those of a whole host first: git takes the last that fits.
    private func store() throws -> SharedLockedBytes {
        var text = try LockedWriter(capacity: 256)
        let ordered =
            basic.filter { !WebAddress($0.address).hasPath }
            + basic.filter { WebAddress($0.address).hasPath }
        for (address, secret) in ordered {
            let parts = WebAddress(address)
            try text.append(parts.scheme + "//")
            try text.append(escaping: secret.value("username"))
            try text.append(":")
            try text.append(escaping: secret.value("password"))
            try text.append("@" + parts.rest + "\n")
        }
        return text.shared()
    }

    /// Addresses of a whole host before those of a repository, so that they come into play last.
    private var hostsFirst: [(address: GitAddress, secrets: [AnnotatedSecret])] {
        ssh.filter { $0.address.path.isEmpty } + ssh.filter { !$0.address.path.isEmpty }
    }

    private func sshFiles() throws -> [CredentialFile] {
        guard !ssh.isEmpty else { return [] }
        var files: [String: SharedLockedBytes] = [:]
        var configuration = ""
        var knownHosts = try LockedWriter(capacity: 256)
        for (address, secrets) in hostsFirst {
            configuration += "Host \(address.alias)\n    HostName \(address.host)\n"
            configuration += "    Port \(address.port)\n"
            for secret in secrets {
                let path = ".ssh/id_\(secret.name)"
                var key = try LockedWriter(capacity: 4096)
                try key.append(secret.value("ssh-privatekey"))
                files[path] = key.shared()
                configuration += "    IdentityFile /tekton/creds/\(path)\n"
                guard let hosts = secret.values["known_hosts"], hosts.value.count > 0 else {
                    continue
                }
                if knownHosts.count > 0 { try knownHosts.append("\n") }
                try knownHosts.append(hosts)
            }
        }
        var text = try LockedWriter(capacity: 256)
        try text.append(configuration)
        files[".ssh/config"] = text.shared()
        if knownHosts.count > 0 { files[".ssh/known_hosts"] = knownHosts.shared() }
        return files.sorted { $0.key < $1.key }.map {
            CredentialFile(path: $0.key, content: $0.value)
        }
    }
}

extension LockedWriter {
    /// Appends a value as it stands in the user part of a URL: Go's rule for what is escaped there.
    fileprivate mutating func append(escaping version: SecretVersion) throws {
        let digits = Array("0123456789ABCDEF".utf8)
        let plain = Set("-_.~$&+,;=".utf8)
        try version.value.withBytes { bytes in
            for index in bytes.indices {
                let byte = bytes[index]
                let isLetter = (0x41...0x5a).contains(byte & 0xdf)
                if isLetter || (0x30...0x39).contains(byte) || plain.contains(byte) {
                    try append(byte)
                } else {
                    try append(UInt8(ascii: "%"))
                    try append(digits[Int(byte >> 4)])
                    try append(digits[Int(byte & 15)])
                }
            }
        }
    }
}
