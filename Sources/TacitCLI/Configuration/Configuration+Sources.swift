// SPDX-License-Identifier: Apache-2.0
internal import Secrets
internal import YAML

extension Configuration {
    /// Reads `sources`: names of places where secrets are on this host.
    mutating func takeSources(_ node: YAMLNode, _ reader: inout ConfigurationReader) {
        sources = []
        for (name, value) in reader.mapping(node, "sources") {
            let path = "sources.\(name)"
            if name.wholeMatch(of: /[A-Za-z0-9_\-]+/) == nil {
                reader.report(value, path, "a name has letters, digits, `_` and `-`")
            }
            let kinds = ["file", "directory", "envFile", "credential", "keyring", "command"]
            let entries = reader.mapping(value, path, known: kinds)
            guard entries.count == 1, let (kind, place) = entries.first else {
                reader.report(value, path, "needs one of " + kinds.joined(separator: ", "))
                continue
            }
            if let place = Self.place(kind, place, "\(path).\(kind)", &reader) {
                sources.append(SourceRule(name: name, place: place))
            }
        }
    }

    private static func place(
        _ kind: String,
        _ node: YAMLNode,
        _ path: String,
        _ reader: inout ConfigurationReader
    ) -> SourceRule.Place? {
        switch kind {
        case "file": return reader.path(node, path).map { .file($0) }
        case "directory": return reader.path(node, path).map { .directory($0) }
        case "envFile": return reader.path(node, path).map { .environmentFile($0) }
        case "credential":
            guard let name = reader.string(node, path) else { return nil }
            if !name.contains("/"), !name.hasPrefix(".") { return .credential(name) }
            reader.report(node, path, "`\(name)` is no name of a systemd credential")
            return nil
        case "keyring": return reader.string(node, path).map { .keyring($0) }
        default:
            let arguments = reader.strings(node, path)
            guard let program = arguments.first else {
                reader.report(node, path, "needs a program and its arguments, as a list")
                return nil
            }
            if program.contains("/"), !program.hasPrefix("/") {
                reader.report(node, path, "`\(program)` must be an absolute path, or a name")
            }
            return .command(arguments)
        }
    }

    /// What it says of reaching stores, for a process with these variables.
    func storeAccess(environment: [String: String]) -> StoreAccess {
        var access = StoreAccess()
        access.endpoints = endpoints
        access.identities = identities
        access.sources = sources
        access.environment = environment
        return access
    }
}
