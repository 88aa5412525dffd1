// SPDX-License-Identifier: Apache-2.0

/// The fields that one struct of Tekton's or Kubernetes' API takes.
///
/// The tables stand in extensions of this type, one file for a group of structs. They follow the API as of
/// Tekton 1.15 and its Kubernetes libraries: a field that is not listed is refused, as the cluster's
/// admission does.
struct ObjectSchema: Sendable {
    /// The Go type; those of `tekton.dev/v1beta1` that differ from v1 end in `V1Beta1`.
    var name: String
    var fields: [String: FieldType]

    init(_ name: String, _ fields: [String: FieldType]) {
        self.name = name
        self.fields = fields
    }

    /// The field of that name, matched as Go's `encoding/json` does: exactly, else ignoring case.
    func field(named name: String) -> (name: String, type: FieldType)? {
        if let type = fields[name] { return (name, type) }
        let folded = name.lowercased()
        return fields.first { $0.key.lowercased() == folded }.map { ($0.key, $0.value) }
    }
}

extension ObjectSchema {
    private static let tables: [[ObjectSchema]] = [
        documents, task, container, pipeline, v1Beta1, environment, security, probe, volume, claim,
        volumePlugin, pod, core,
    ]

    private static let byName = Dictionary(
        uniqueKeysWithValues: tables.joined().map { ($0.name, $0) }
    )

    static var all: some Collection<ObjectSchema> { byName.values }

    /// The schema of that name.
    ///
    /// A name that no table has is a mistake in a table.
    static func named(_ name: String) -> ObjectSchema {
        guard let schema = byName[name] else {
            preconditionFailure("a schema table refers to \(name), which no table has")
        }
        return schema
    }
}
