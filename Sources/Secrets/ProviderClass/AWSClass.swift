// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// Reads the parameters of provider `aws`.
///
/// Source: secrets-store-csi-driver-provider-aws, `provider/secret_descriptor.go`.
enum AWSClass {
    static func objects(_ parameters: inout ClassParameters) -> [SecretObject] {
        let region = parameters.text("region")
        let failoverRegion = parameters.text("failoverRegion")
        if !failoverRegion.isEmpty, failoverRegion == region {
            parameters.error(
                "failoverRegion",
                "failover region `\(failoverRegion)` is the primary region"
            )
        }
        _ = parameters.flag("usePodIdentity")
        _ = parameters.choice("preferredAddressType", of: ["auto", "ipv4", "ipv6"])
        let translation = translation(&parameters)
        let elements = ObjectList.elements(
            parameters.document("objects"),
            of: parameters,
            "objects",
            missing: "missing `objects` in the class's parameters: it names no secret"
        )
        return ObjectList.read(elements, reading: .asJSON, parameters.findings) { fields in
            object(&fields, translation)
        }
    }

    /// What replaces each `/` of a file name; `nil` when they make directories.
    private static func translation(_ parameters: inout ClassParameters) -> Character? {
        let text = parameters.text("pathTranslation")
        if text.isEmpty { return "_" }
        if text.lowercased() == "false" { return nil }
        if text.count == 1, let character = text.first { return character }
        parameters.error(
            "pathTranslation",
            "pathTranslation must be either 'False' or a single character, not `\(text)`"
        )
        return "_"
    }

    private static func object(
        _ fields: inout FieldReader,
        _ translation: Character?
    ) -> SecretObject? {
        let name = fields.requiredText("objectName", of: "an object")
        let service = service(of: name ?? "", &fields)
        let alias = fields.text("objectAlias")
        let version = fields.text("objectVersion")
        let label = fields.text("objectVersionLabel")
        if service == .parameterStore, !version.isEmpty, !label.isEmpty {
            fields.error(
                "objectVersionLabel",
                "a parameter has either `objectVersion` or `objectVersionLabel`"
            )
        }
        let mode = FileMode.read(octal: "filePermission", digits: 4, from: &fields)
        let parts = jmesPaths(&fields, translation)
        let failover = failover(&fields, alias: alias, version: version)
        fields.warnOfUnknown(in: "an object")
        guard let name, let service else { return nil }
        let nameField = alias.isEmpty ? "objectName" : "objectAlias"
        guard
            let fileName = fileName(alias.isEmpty ? name : alias, translation, fields, nameField)
        else { return nil }
        let source = AWSObject(
            objectName: name,
            service: service,
            version: version,
            versionLabel: label,
            jmesPaths: parts,
            failover: failover
        )
        return fields.object(
            alias.isEmpty ? name : alias,
            .aws(source),
            fileName: fileName,
            mode: mode
        )
    }

    /// The service by its own field or by the name, when that is an ARN.
    private static func service(
        of name: String,
        _ fields: inout FieldReader
    ) -> AWSObject.Service? {
        let written = fields.text("objectType")
        let typed = fields.choice("objectType", as: AWSObject.Service.self)
        guard name.hasPrefix("arn:") else {
            if written.isEmpty, !name.isEmpty {
                fields.error(
                    "objectType",
                    "object `\(name)` needs `objectType`, as its name is no ARN",
                    hint: "`secretsmanager` or `ssmparameter`"
                )
            }
            return typed
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        let meant: AWSObject.Service? =
            switch parts.count > 5 ? parts[2] : "" {
            case "secretsmanager": .secretsManager
            case "ssm": .parameterStore
            default: nil
            }
        guard let meant else {
            fields.error(
                "objectName",
                "`\(name)` is no ARN of Secrets Manager or Parameter Store"
            )
            return nil
        }
        if let typed, typed != meant {
            fields.error(
                "objectType",
                "objectType `\(typed.rawValue)` does not match the ARN, which is one of "
                    + "`\(meant.rawValue)`"
            )
        }
        return meant
    }

    private static func fileName(
        _ name: String,
        _ translation: Character?,
        _ fields: FieldReader,
        _ field: String
    ) -> String? {
        if name.contains("../") || name.hasSuffix("/..") {
            fields.error(field, "path can not contain ../: `\(name)`")
            return nil
        }
        let path: String
        if let translation {
            path = String(name.map { $0 == "/" ? translation : $0 })
        } else {
            path = String(name.drop { $0 == "/" })
        }
        return fields.check(fileName: path, from: field) ? path : nil
    }

    private static func jmesPaths(
        _ fields: inout FieldReader,
        _ translation: Character?
    ) -> [AWSObject.JMESPath] {
        var parts: [AWSObject.JMESPath] = []
        for (index, node) in (fields.list("jmesPath") ?? []).enumerated() {
            let path = "\(fields.fieldPath("jmesPath"))[\(index)]"
            guard
                var part = FieldReader(node, path: path, reading: .asJSON, fields.findings)
            else { continue }
            let expression = part.requiredText("path", of: "a jmesPath entry")
            let alias = part.requiredText("objectAlias", of: "a jmesPath entry")
            let mode = FileMode.read(octal: "filePermission", digits: 4, from: &part)
            part.warnOfUnknown(in: "a jmesPath entry")
            guard let expression, let alias,
                let file = fileName(alias, translation, part, "objectAlias")
            else { continue }
            parts.append(
                AWSObject.JMESPath(path: expression, alias: alias, fileName: file, mode: mode)
            )
        }
        return parts
    }

    private static func failover(
        _ fields: inout FieldReader,
        alias: String,
        version: String
    ) -> AWSObject.Failover? {
        guard let node = fields.node("failoverObject"),
            var other = FieldReader(
                node,
                path: fields.fieldPath("failoverObject"),
                reading: .asJSON,
                fields.findings
            )
        else { return nil }
        let failover = AWSObject.Failover(
            objectName: other.requiredText("objectName", of: "a failover object") ?? "",
            version: other.text("objectVersion"),
            versionLabel: other.text("objectVersionLabel")
        )
        other.warnOfUnknown(in: "a failover object")
        if alias.isEmpty {
            fields.error("failoverObject", "object alias must be specified for a failover object")
        }
        if failover.version != version {
            other.error(
                "objectVersion",
                "object versions must match between primary and failover region: `\(version)` and "
                    + "`\(failover.version)`"
            )
        }
        return failover
    }
}
