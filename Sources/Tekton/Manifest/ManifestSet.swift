// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// The documents that a run can see: what the cluster would hold.
package struct ManifestSet: Sendable {
    /// What identifies an object of a cluster.
    private struct Key: Hashable {
        var group: String
        var kind: String
        var namespace: String
        var name: String
    }

    /// Every document, in the order of the files.
    package let manifests: [Manifest]
    private let namespace: String?
    private let byKey: [Key: Manifest]

    /// Brings documents together.
    ///
    /// - Parameters:
    ///   - manifests: every document of every file, in order.
    ///   - namespace: the namespace that all of them are taken to be in; `nil` leaves each its own, or
    ///     `default`.
    /// - Returns: the set, in which the first of several objects of one name is found, and an error for each
    ///   of the others, naming both places.
    package static func make(
        _ manifests: [Manifest],
        namespace: String? = nil
    ) -> (set: ManifestSet, diagnostics: [Diagnostic]) {
        var byKey: [Key: Manifest] = [:]
        var diagnostics: [Diagnostic] = []
        for manifest in manifests where !manifest.name.isEmpty && manifest.documentKind != nil {
            let key = Key(
                group: manifest.group,
                kind: manifest.kind,
                namespace: namespace ?? manifest.namespace ?? defaultNamespace,
                name: manifest.name
            )
            guard let first = byKey[key] else {
                byKey[key] = manifest
                continue
            }
            diagnostics.append(
                Diagnostic(
                    at: manifest.location(ofField: "metadata.name"),
                    path: "metadata.name",
                    "a second \(manifest.kind) `\(manifest.name)` in namespace"
                        + " `\(key.namespace)`; the first is at \(first.location)",
                    hint: "rename one or leave one out"
                )
            )
        }
        let set = ManifestSet(manifests: manifests, namespace: namespace, byKey: byKey)
        return (set, diagnostics)
    }

    package static let defaultNamespace = "default"

    private init(manifests: [Manifest], namespace: String?, byKey: [Key: Manifest]) {
        self.manifests = manifests
        self.namespace = namespace
        self.byKey = byKey
    }

    /// The namespace that the document is in, for this set.
    package func namespace(of manifest: Manifest) -> String {
        namespace ?? manifest.namespace ?? Self.defaultNamespace
    }

    /// The object of that kind, namespace and name; `nil` when no file has it.
    package func manifest(
        _ kind: DocumentKind,
        named name: String,
        namespace: String
    ) -> Manifest? {
        byKey[Key(group: kind.group, kind: kind.rawValue, namespace: namespace, name: name)]
    }

    /// Every document of that kind, in order.
    package func all(_ kind: DocumentKind) -> [Manifest] {
        manifests.filter { $0.documentKind == kind }
    }

    /// Documents of kinds that play no part in a run.
    package var idle: [Manifest] {
        manifests.filter { $0.documentKind == nil }
    }
}
