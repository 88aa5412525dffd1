// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import YAML

/// Reads the parameters of providers `vault` and `openbao`.
///
/// Source: openbao-csi-provider's `internal/config`; HashiCorp's provider reads the same.
enum VaultClass {
    /// The parameters that OpenBao's provider knows under three prefixes and Vault's under one.
    private static let prefixed = [
        "Address", "Namespace", "CACertPath", "CADirectory", "TLSServerName", "TLSClientCertPath",
        "TLSClientKeyPath", "SkipTLSVerify", "KubernetesMountPath", "AuthMountPath",
    ]

    static func objects(
        _ parameters: inout ClassParameters,
        for provider: SecretProvider
    ) -> [SecretObject] {
        readConnection(&parameters, for: provider)
        let elements = ObjectList.elements(
            parameters.document("objects"),
            of: parameters,
            "objects",
            missing: "no secrets configured - the provider will not read any secret material"
        )
        return ObjectList.read(elements, reading: .asWritten, parameters.findings, object)
    }

    private static func readConnection(
        _ parameters: inout ClassParameters,
        for provider: SecretProvider
    ) {
        let prefixes = provider == .openbao ? ["bao", "openbao", "vault"] : ["vault"]
        let roleNames = provider == .openbao ? ["baoRoleName", "openbaoRoleName"] : []
        let names = roleNames + ["roleName"]
        let isNamed = names.map { parameters.text($0) }.contains { !$0.isEmpty }
        // One of a wrong type has been complained of already.
        if !isNamed, names.allSatisfy(parameters.isBlank) {
            parameters.error(
                "roleName",
                "missing 'roleName' in SecretProviderClass definition",
                hint: "name the role that the store's policy is bound to"
            )
        }
        _ = parameters.text("audience")
        for prefix in prefixes {
            for name in prefixed where name != "SkipTLSVerify" {
                _ = parameters.text(prefix + name)
            }
            _ = parameters.flag("\(prefix)SkipTLSVerify")
            let both = ["\(prefix)KubernetesMountPath", "\(prefix)AuthMountPath"]
            if both.allSatisfy({ !parameters.text($0).isEmpty }) {
                parameters.error(both[1], "cannot set both \(both[0]) and \(both[1])")
            }
        }
    }

    private static func object(_ fields: inout FieldReader) -> SecretObject? {
        let name = fields.requiredText("objectName", of: "an object")
        let secretPath = fields.requiredText("secretPath", of: "an object")
        let method = fields.text("method")
        let source = VaultObject(
            secretPath: secretPath ?? "",
            secretKey: fields.text("secretKey"),
            method: method.isEmpty ? "GET" : method,
            arguments: arguments(&fields),
            encoding: fields.encoding("encoding")
        )
        let mode = FileMode.read(number: "filePermission", from: &fields)
        fields.warnOfUnknown(in: "an object")
        guard let name, secretPath != nil, fields.check(fileName: name, from: "objectName") else {
            return nil
        }
        return fields.object(name, .vault(source), fileName: name, mode: mode)
    }

    private static func arguments(_ fields: inout FieldReader) -> [String: JSONValue] {
        guard let node = fields.node("secretArgs") else { return [:] }
        if case .object(let members) = JSONValue(node) { return members }
        fields.error("secretArgs", "`secretArgs` must be a mapping, not \(node.typeName)")
        return [:]
    }
}

extension JSONValue {
    /// What a YAML node is in JSON.
    fileprivate init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let scalar):
            switch scalar.value {
            case .null: self = .null
            case .bool(let value): self = .bool(value)
            case .number(let text): self = .number(text)
            case .string(let text): self = .string(text)
            }
        case .sequence(let elements): self = .array(elements.map(JSONValue.init))
        case .mapping(let entries):
            self = .object(
                Dictionary(
                    entries.map { ($0.key.scalar?.text ?? "", JSONValue($0.value)) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
    }
}
