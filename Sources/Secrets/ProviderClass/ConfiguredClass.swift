// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// Reads the parameters of providers `file` and `exec`: objects that name entries of the configuration.
///
/// The shape is Vault's (`objects`, `objectName`, `filePermission`, `encoding`) with `entry` for the path.
enum ConfiguredClass {
    /// What would let the author of a class choose a file or command of the host.
    private static let forbidden = [
        "args", "arguments", "argv", "command", "cmd", "dir", "directory", "env", "exec", "file",
        "hostPath", "path", "program", "script", "shell", "workingDir",
    ]

    static func objects(
        _ parameters: inout ClassParameters,
        for provider: SecretProvider
    ) -> [SecretObject] {
        for name in forbidden where parameters.nodes[name] != nil {
            _ = parameters.text(name)
            parameters.error(name, refusal(of: name, provider), hint: remedy)
        }
        let elements = ObjectList.elements(
            parameters.document("objects"),
            of: parameters,
            "objects",
            missing: "missing `objects` in the class's parameters: it names no secret"
        )
        return ObjectList.read(elements, reading: .asWritten, parameters.findings) { fields in
            object(&fields, provider)
        }
    }

    private static func object(
        _ fields: inout FieldReader,
        _ provider: SecretProvider
    ) -> SecretObject? {
        let name = fields.requiredText("objectName", of: "an object")
        let entry = fields.requiredText("entry", of: "an object")
        for field in forbidden where fields.has(field) {
            _ = fields.node(field)
            fields.error(field, refusal(of: field, provider), hint: remedy)
        }
        let encoding = fields.encoding("encoding")
        let mode = FileMode.read(number: "filePermission", from: &fields)
        fields.warnOfUnknown(in: "an object")
        guard let name, let entry, fields.check(fileName: name, from: "objectName") else {
            return nil
        }
        guard KubernetesName.isDataKey(entry) else {
            fields.error(
                "entry",
                "`\(entry)` is no name of an entry: letters, digits, `.`, `_` and `-`",
                hint: entry.contains("/") ? refusal(of: "entry", provider) : nil
            )
            return nil
        }
        return fields.object(
            name,
            .configured(ConfiguredObject(entry: entry, encoding: encoding)),
            fileName: name,
            mode: mode
        )
    }

    private static let remedy = "name an entry of your configuration with `entry`"

    private static func refusal(of field: String, _ provider: SecretProvider) -> String {
        "a class of provider `\(provider.rawValue)` cannot name a command or a path of this host"
    }
}
