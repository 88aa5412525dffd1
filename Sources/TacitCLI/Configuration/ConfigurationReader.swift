// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import YAML

/// Reads typed values out of YAML and collects what is wrong with them.
///
/// A value that is wrong is reported and read as `nil` or empty, so that everything wrong is found at once.
struct ConfigurationReader {
    /// What `~` stands for in a path; `nil` where there is no home.
    let home: String?
    var diagnostics: [Diagnostic] = []

    init(home: String?) {
        self.home = home
    }

    mutating func report(_ node: YAMLNode, _ path: String, _ message: String, hint: String? = nil) {
        diagnostics.append(
            Diagnostic(at: node.location, path: path, "`\(path)`: \(message)", hint: hint)
        )
    }

    /// The entries of a mapping whose keys must be among `known`; any key when that is `nil`.
    mutating func mapping(
        _ node: YAMLNode,
        _ path: String,
        known: [String]? = nil
    ) -> [(name: String, value: YAMLNode)] {
        guard case .mapping(let entries) = node.content else {
            report(node, path, "must be a mapping")
            return []
        }
        return entries.compactMap { entry in
            guard let known, !known.contains(entry.name) else { return (entry.name, entry.value) }
            let hint = NearMiss.hint(for: entry.name, among: known)
            let place = path.isEmpty ? "" : " of `\(path)`"
            diagnostics.append(
                Diagnostic(
                    at: entry.key.location,
                    "unknown key `\(entry.name)`\(place)",
                    hint: hint
                )
            )
            return nil
        }
    }

    mutating func string(_ node: YAMLNode, _ path: String) -> String? {
        guard case .scalar(let scalar) = node.content, case .string(let text) = scalar.value,
            !text.isEmpty
        else {
            report(node, path, "must be text")
            return nil
        }
        return text
    }

    mutating func bool(_ node: YAMLNode, _ path: String) -> Bool? {
        guard case .scalar(let scalar) = node.content, case .bool(let value) = scalar.value else {
            report(node, path, "must be true or false")
            return nil
        }
        return value
    }

    /// A whole number from 1 to 1024.
    mutating func count(_ node: YAMLNode, _ path: String) -> Int? {
        guard case .scalar(let scalar) = node.content, let count = Int(scalar.text),
            (1...1024).contains(count)
        else {
            report(node, path, "must be a number from 1 to 1024")
            return nil
        }
        return count
    }

    mutating func list(_ node: YAMLNode, _ path: String) -> [YAMLNode] {
        guard case .sequence(let elements) = node.content else {
            report(node, path, "must be a list")
            return []
        }
        return elements
    }

    mutating func strings(_ node: YAMLNode, _ path: String) -> [String] {
        var texts: [String] = []
        for (index, element) in list(node, path).enumerated() {
            if let text = string(element, "\(path)[\(index)]") { texts.append(text) }
        }
        return texts
    }

    /// An absolute path; `~/` is the user's home.
    mutating func path(_ node: YAMLNode, _ path: String) -> String? {
        guard let written = string(node, path) else { return nil }
        let text = written.hasPrefix("~/") ? (home ?? "~") + written.dropFirst() : written
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text.hasPrefix("/"), !parts.contains("..") else {
            report(node, path, "`\(written)` must be an absolute path, or start with `~/`")
            return nil
        }
        return text
    }

    mutating func paths(_ node: YAMLNode, _ path: String) -> [String] {
        var paths: [String] = []
        for (index, element) in list(node, path).enumerated() {
            if let text = self.path(element, "\(path)[\(index)]") { paths.append(text) }
        }
        return paths
    }

    /// A number of bytes, as Kubernetes writes quantities: `512Mi`, `2G`, `1048576`.
    mutating func size(_ node: YAMLNode, _ path: String) -> Int? {
        if case .scalar(let scalar) = node.content, let size = ByteSize.parse(scalar.text) {
            return size
        }
        report(node, path, "must be a size such as `512Mi` or `2Gi`")
        return nil
    }
}
