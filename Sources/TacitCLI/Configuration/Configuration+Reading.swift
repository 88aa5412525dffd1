// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Secrets
internal import Tekton
internal import YAML

extension Configuration {
    /// Takes the value of one key.
    ///
    /// `allowsPaths` is whether images may name paths, which only a trusted file may.
    mutating func take(
        _ key: ConfigurationKey,
        _ node: YAMLNode,
        _ reader: inout ConfigurationReader,
        allowsPaths: Bool
    ) {
        switch key {
        case .output:
            guard let text = reader.string(node, "output") else { return }
            takeOutput(text, node, &reader)
        case .logs: takeLogs(node, &reader)
        case .parallelTasks:
            if let count = reader.count(node, "parallelTasks") { parallelTasks = count }
        case .images: takeImages(node, &reader, allowsPaths)
        case .featureFlags: takeFeatureFlags(node, &reader)
        case .sizes: takeSizes(node, &reader)
        case .audit: takeAudit(node, &reader)
        case .endpoints: takeEndpoints(node, &reader)
        case .identities: identities = IdentitySchema.read(node, &reader)
        case .sources: takeSources(node, &reader)
        case .resolvers: takeResolvers(node, &reader)
        case .serviceAccounts:
            serviceAccounts = reader.strings(node, "serviceAccounts")
            for account in serviceAccounts where !IdentitySchema.isServiceAccount(account) {
                reader.report(node, "serviceAccounts", "`\(account)` must be `namespace/name`")
            }
        case .hostPaths: hostPaths = reader.paths(node, "hostPaths")
        case .toolPaths: toolPaths = reader.paths(node, "toolPaths")
        }
    }

    private mutating func takeOutput(
        _ text: String,
        _ node: YAMLNode,
        _ reader: inout ConfigurationReader
    ) {
        if let format = OutputFormat(rawValue: text) {
            output = format
            return
        }
        let choices = OutputFormat.allCases.map(\.rawValue)
        reader.report(
            node,
            "output",
            "must be " + choices.map { "`\($0)`" }.joined(separator: ", "),
            hint: NearMiss.hint(for: text, among: choices)
        )
    }

    private mutating func takeFeatureFlags(_ node: YAMLNode, _ reader: inout ConfigurationReader) {
        let known = FeatureGates.flags.sorted()
        for (name, value) in reader.mapping(node, "featureFlags", known: known) {
            let path = "featureFlags.\(name)"
            if name == "enable-api-fields" {
                guard let level = reader.string(value, path) else { continue }
                if FeatureGates.Stability(rawValue: level) == nil {
                    reader.report(value, path, "must be `stable`, `beta` or `alpha`")
                }
                featureFlags[name] = level
            } else if let isOn = reader.bool(value, path) {
                featureFlags[name] = String(isOn)
            }
        }
    }

    private mutating func takeResolvers(_ node: YAMLNode, _ reader: inout ConfigurationReader) {
        let known = ["artifactHub", "tektonHub", "credentials"]
        for (name, value) in reader.mapping(node, "resolvers", known: known) {
            let path = "resolvers.\(name)"
            if name == "credentials" {
                for address in reader.strings(value, path) {
                    if !IdentitySchema.isAddress(address) {
                        reader.report(value, path, "`\(address)` must be `https://HOST[:PORT]`")
                    }
                    resolverCredentials.insert(address.lowercased())
                }
                continue
            }
            guard let address = reader.string(value, path) else { continue }
            if !address.hasPrefix("https://"), !address.hasPrefix("http://") {
                reader.report(value, path, "must be an address: `https://HOST[:PORT]`")
            }
            if name == "artifactHub" { artifactHub = address } else { tektonHub = address }
        }
    }

    private mutating func takeLogs(_ node: YAMLNode, _ reader: inout ConfigurationReader) {
        for (_, value) in reader.mapping(node, "logs", known: ["timestamps"]) {
            if let isOn = reader.bool(value, "logs.timestamps") { hasTimestamps = isOn }
        }
    }

    private mutating func takeSizes(_ node: YAMLNode, _ reader: inout ConfigurationReader) {
        for (name, value) in reader.mapping(
            node,
            "sizes",
            known: ["stepRoot", "task", "secrets", "memory", "processes", "log"]
        ) {
            guard let size = reader.size(value, "sizes.\(name)") else { continue }
            switch name {
            case "stepRoot": stepRootByteLimit = size
            case "task": taskByteLimit = size
            case "memory": memoryByteLimit = size
            case "processes": processLimit = size
            case "log": logByteLimit = size
            default: secretByteLimit = size
            }
        }
    }

    private mutating func takeAudit(_ node: YAMLNode, _ reader: inout ConfigurationReader) {
        for (name, value) in reader.mapping(node, "audit", known: ["runSize", "journal"]) {
            if name == "journal" {
                copiesToJournal = reader.bool(value, "audit.journal") ?? copiesToJournal
            } else if let size = reader.size(value, "audit.runSize") {
                recordByteLimit = size
            }
        }
    }

    private mutating func takeImages(
        _ node: YAMLNode,
        _ reader: inout ConfigurationReader,
        _ allowsPaths: Bool
    ) {
        images = reader.mapping(node, "images").compactMap { pattern, value in
            let path = "images.\(pattern)"
            var rule = ImageRule(pattern: pattern, standIn: .host, entrypoint: [])
            guard case .mapping = value.content else {
                guard let name = reader.string(value, path) else { return nil }
                rule.standIn = standIn(name)
                checkStandIn(rule.standIn, value, path, &reader, allowsPaths)
                return rule
            }
            for (name, value) in reader.mapping(value, path, known: ["layer", "entrypoint"]) {
                if name == "entrypoint" {
                    rule.entrypoint = reader.strings(value, "\(path).entrypoint")
                } else if let layer = reader.string(value, "\(path).layer") {
                    rule.standIn = standIn(layer)
                    checkStandIn(rule.standIn, value, path, &reader, allowsPaths)
                }
            }
            return rule
        }
    }

    private func standIn(_ name: String) -> ImageRule.StandIn {
        if name == "host" { return .host }
        return name.contains("/") ? .layer(name) : .namedLayer(name)
    }

    private func checkStandIn(
        _ standIn: ImageRule.StandIn,
        _ node: YAMLNode,
        _ path: String,
        _ reader: inout ConfigurationReader,
        _ allowsPaths: Bool
    ) {
        switch standIn {
        case .layer where !allowsPaths:
            reader.report(
                node,
                path,
                "a project may name a layer, not a path",
                hint: "run `tacit trust` on the project's directory to allow it"
            )
        case .layer: _ = reader.path(node, path)
        case .namedLayer(let name) where name.hasPrefix("."):
            reader.report(node, path, "`\(name)` is no layer's name")
        default: break
        }
    }

    private mutating func takeEndpoints(_ node: YAMLNode, _ reader: inout ConfigurationReader) {
        endpoints = reader.mapping(node, "endpoints").map { address, value in
            let path = "endpoints.\(address)"
            if !IdentitySchema.isAddress(address) {
                reader.report(value, path, "the key must be `https://HOST[:PORT]`")
            }
            var rule = EndpointRule(address: address, url: address)
            let known = ["url", "serverName", "caFile", "certificateFile", "keyFile"]
            for (name, value) in reader.mapping(value, path, known: known) {
                switch name {
                case "url":
                    rule.url = reader.string(value, "\(path).url") ?? address
                    if !IdentitySchema.isAddress(rule.url) {
                        reader.report(value, "\(path).url", "must be `https://HOST[:PORT]`")
                    }
                case "serverName": rule.serverName = reader.string(value, "\(path).serverName")
                case "certificateFile":
                    rule.certificateFile = reader.path(value, "\(path).certificateFile")
                case "keyFile": rule.keyFile = reader.path(value, "\(path).keyFile")
                default: rule.authorityFile = reader.path(value, "\(path).caFile")
                }
            }
            return rule
        }
    }
}
