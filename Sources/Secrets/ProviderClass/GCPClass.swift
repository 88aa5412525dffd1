// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// Reads the parameters of provider `gcp`.
///
/// Source: secrets-store-csi-driver-provider-gcp, `config/config.go`.
enum GCPClass {
    static func objects(_ parameters: inout ClassParameters) -> [SecretObject] {
        let auth = parameters.text("auth")
        if !["", "pod-adc", "provider-adc"].contains(auth) {
            parameters.error(
                "auth",
                "unknown auth configuration: `\(auth)`",
                hint: "`pod-adc` or `provider-adc`"
            )
        }
        let elements = ObjectList.elements(
            parameters.document("secrets"),
            of: parameters,
            "secrets",
            missing: "missing required 'secrets' attribute"
        )
        return ObjectList.read(elements, reading: .asWritten, parameters.findings, object)
    }

    private static func object(_ fields: inout FieldReader) -> SecretObject? {
        let name = fields.requiredText("resourceName", of: "a secret")
        let path = fields.text("path")
        let older = fields.text("fileName")
        let extraction = extraction(&fields)
        let mode = FileMode.read(number: "mode", from: &fields)
        fields.warnOfUnknown(in: "a secret")
        if path.isEmpty, older.isEmpty {
            fields.error("path", "a secret needs `path`, the name of its file")
            return nil
        }
        guard let name,
            fields.check(
                fileName: path.isEmpty ? older : path,
                from: path.isEmpty ? "fileName" : "path"
            ),
            var source = resource(name)
        else {
            if let name, resource(name) == nil {
                fields.error(
                    "resourceName",
                    "`\(name)` is no resource name",
                    hint: "for example `projects/my-project/secrets/my-secret/versions/latest`"
                )
            }
            return nil
        }
        source.extraction = extraction
        return fields.object(name, .gcp(source), fileName: path.isEmpty ? older : path, mode: mode)
    }

    private static func extraction(_ fields: inout FieldReader) -> GCPObject.Extraction {
        let jsonKey = fields.text("extractJSONKey")
        let yamlKey = fields.text("extractYAMLKey")
        if !jsonKey.isEmpty, !yamlKey.isEmpty {
            fields.error(
                "extractYAMLKey",
                "both `extractJSONKey` and `extractYAMLKey` are given; only one can be"
            )
        }
        if !jsonKey.isEmpty { return .jsonKey(jsonKey) }
        return yamlKey.isEmpty ? .whole : .yamlKey(yamlKey)
    }

    /// Takes a resource name apart; `nil` when it is of none of the three forms.
    private static func resource(_ name: String) -> GCPObject? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.contains("") || parts.first != "projects" { return nil }
        switch parts.count {
        case 6 where parts[2] == "secrets" && parts[4] == "versions":
            return GCPObject(resourceName: name)
        case 8 where parts[2] == "locations" && parts[6] == "versions":
            if parts[4] == "secrets" { return GCPObject(resourceName: name, region: parts[3]) }
            guard parts[4] == "parameters" else { return nil }
            let region = parts[3] == "global" ? "" : parts[3]
            return GCPObject(resourceName: name, region: region, isParameter: true)
        default: return nil
        }
    }
}
