// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// Reads `spec.secretObjects`.
enum SyncedSecretReader {
    /// Kubernetes' TLS Secrets, whose values the driver takes apart.
    static let tlsType = "kubernetes.io/tls"
    static let tlsKeys = ["tls.crt", "tls.key"]

    static func read(_ spec: inout FieldReader, _ findings: Findings) -> [SyncedSecret] {
        var secrets: [SyncedSecret] = []
        for (index, node) in (spec.list("secretObjects") ?? []).enumerated() {
            let path = "spec.secretObjects[\(index)]"
            guard var fields = FieldReader(node, path: path, reading: .strings, findings)
            else { continue }
            let secret = readSecret(&fields, findings)
            if secrets.contains(where: { $0.secretName == secret.secretName }),
                !secret.secretName.isEmpty
            {
                fields.error("secretName", "secret `\(secret.secretName)` is made twice")
            }
            secrets.append(secret)
        }
        return secrets
    }

    private static func readSecret(
        _ fields: inout FieldReader,
        _ findings: Findings
    ) -> SyncedSecret {
        let name = fields.text("secretName")
        if name.isEmpty {
            fields.error("secretName", "secret name is empty")
        } else if !KubernetesName.isSubdomain(name) {
            fields.error("secretName", "`\(name)` is no name of a Secret")
        }
        let type = fields.text("type")
        if type.isEmpty {
            fields.error("type", "secret type is empty", hint: "write `type: Opaque`")
        }
        let labels = fields.stringMap("labels")
        let annotations = fields.stringMap("annotations")
        let before = findings.diagnostics.count
        let nodes = fields.list("data") ?? []
        if nodes.isEmpty, findings.diagnostics.count == before {
            fields.error("data", "data is empty")
        }
        var items: [SyncedSecret.Item] = []
        for (index, node) in nodes.enumerated() {
            let path = "\(fields.fieldPath("data"))[\(index)]"
            guard var item = FieldReader(node, path: path, reading: .strings, findings)
            else { continue }
            items.append(readItem(&item, type: type, after: items))
        }
        fields.refuseUnknown(in: "`secretObjects`")
        return SyncedSecret(
            secretName: name,
            type: type,
            data: items,
            labels: labels,
            annotations: annotations,
            location: fields.location
        )
    }

    private static func readItem(
        _ fields: inout FieldReader,
        type: String,
        after earlier: [SyncedSecret.Item]
    ) -> SyncedSecret.Item {
        // The driver takes the blanks around both off.
        let isBlank = { (character: Character) in character.isWhitespace }
        let trimmed = { (text: String) in
            String(
                text.trimmingPrefix(while: isBlank).reversed().trimmingPrefix(while: isBlank)
                    .reversed()
            )
        }
        let objectName = trimmed(fields.text("objectName"))
        if objectName.isEmpty {
            fields.error("objectName", "object name in secretObjects.data is empty")
        }
        let key = trimmed(fields.text("key"))
        if key.isEmpty {
            fields.error("key", "key in secretObjects.data is empty")
        } else if !KubernetesName.isDataKey(key) {
            fields.error("key", "`\(key)` is no key of a Secret")
        } else if type == tlsType, !tlsKeys.contains(key) {
            fields.error(
                "key",
                "key `\(key)` is not supported in a Secret of type `\(tlsType)`",
                hint: "only `tls.key` and `tls.crt` are"
            )
        } else if earlier.contains(where: { $0.key == key }) {
            fields.error("key", "key `\(key)` is made twice")
        }
        fields.refuseUnknown(in: "`secretObjects.data`")
        return SyncedSecret.Item(
            objectName: objectName,
            key: key,
            location: fields.place(of: "objectName")
        )
    }
}
