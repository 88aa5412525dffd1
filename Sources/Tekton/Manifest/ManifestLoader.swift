// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import YAML

/// Turns the bytes of a file into manifests.
package enum ManifestLoader {
    /// Reads every document of a file.
    ///
    /// The items of a `List` become documents of their own, at the list's place.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, YAML or JSON.
    ///   - file: the name that locations carry.
    /// - Returns: the documents that say what they are, in order, and what is wrong with the rest.
    package static func load(
        bytes: [UInt8],
        file: String
    ) -> (manifests: [Manifest], diagnostics: [Diagnostic]) {
        let parsed = YAMLParser.parse(bytes, file: file)
        var manifests: [Manifest] = []
        var diagnostics = parsed.diagnostics
        for (index, document) in parsed.documents.enumerated() {
            let read = read(document, index: index)
            manifests += read.manifests
            diagnostics += read.diagnostics
        }
        return (manifests, diagnostics)
    }

    /// Reads one document that has been parsed.
    ///
    /// - Parameters:
    ///   - document: the whole document.
    ///   - index: its place among those of its file, from 0.
    /// - Returns: one manifest, several for a `List`, none when the document does not say what it is.
    package static func read(
        _ document: YAMLNode,
        index: Int
    ) -> (manifests: [Manifest], diagnostics: [Diagnostic]) {
        guard case .mapping = document.content else {
            let problem = Diagnostic(
                at: document.location,
                "a document must be an object with `apiVersion` and `kind`"
            )
            return ([], [problem])
        }
        var problems: [Diagnostic] = []
        let apiVersion = header("apiVersion", of: document, &problems)
        let kind = header("kind", of: document, &problems)
        guard let apiVersion, let kind else { return ([], problems) }
        if kind == "List", apiVersion == "v1",
            case .sequence(let items)? = document.entry(named: "items")?.value.content
        {
            let results = items.map { read($0, index: index) }
            return (results.flatMap(\.manifests), results.flatMap(\.diagnostics))
        }
        return ([manifest(document, apiVersion: apiVersion, kind: kind, index: index)], [])
    }

    private static func header(
        _ field: String,
        of document: YAMLNode,
        _ problems: inout [Diagnostic]
    ) -> String? {
        let entry = document.entry(named: field)
        if let text = entry?.value.string, !text.isEmpty { return text }
        problems.append(
            Diagnostic(
                at: entry?.value.location ?? document.location,
                path: field,
                entry == nil ? "missing field `\(field)`" : "`\(field)` must be a string"
            )
        )
        return nil
    }

    private static func manifest(
        _ document: YAMLNode,
        apiVersion: String,
        kind: String,
        index: Int
    ) -> Manifest {
        let metadata = document.entry(named: "metadata")?.value
        func text(_ field: String) -> String? { metadata?.entry(named: field)?.value.string }
        func texts(_ field: String) -> [String: String] {
            guard case .mapping(let entries)? = metadata?.entry(named: field)?.value.content else {
                return [:]
            }
            let pairs = entries.compactMap { entry in
                entry.value.string.map { (entry.name, $0) }
            }
            return Dictionary(pairs) { $1 }
        }
        let namespace = text("namespace").flatMap { $0.isEmpty ? nil : $0 }
        return Manifest(
            apiVersion: apiVersion,
            kind: kind,
            name: text("name") ?? "",
            generateName: text("generateName") ?? "",
            namespace: namespace,
            labels: texts("labels"),
            annotations: texts("annotations"),
            index: index,
            node: document
        )
    }
}
