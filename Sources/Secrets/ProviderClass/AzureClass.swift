// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// Reads the parameters of provider `azure`.
///
/// Source: secrets-store-csi-driver-provider-azure, `pkg/provider`. Every string is trimmed, as there.
enum AzureClass {
    private static let clouds = [
        "AzurePublicCloud", "AzureUSGovernmentCloud", "AzureChinaCloud", "AzureGermanCloud",
        "AzureStackCloud",
    ]
    private static let identityModes = [
        "usePodIdentity", "useVMManagedIdentity", "useAzureTokenProxy",
    ]

    static func objects(_ parameters: inout ClassParameters) -> [SecretObject] {
        readVault(&parameters)
        readIdentity(&parameters)
        let document = parameters.document("objects")
        return ObjectList.read(
            array(document, of: parameters),
            reading: .trimmed,
            parameters.findings,
            object
        )
    }

    private static func readVault(_ parameters: inout ClassParameters) {
        if let name = parameters.required("keyvaultName", "keyvaultName is not provided") {
            let isName =
                (3...24).contains(name.trimmed.utf8.count)
                && name.trimmed.utf8.allSatisfy { byte in
                    KubernetesName.isDataKeyByte(byte) && byte != UInt8(ascii: "_")
                        && byte != UInt8(ascii: ".")
                }
            if !isName {
                parameters.error(
                    "keyvaultName",
                    "`\(name)` is no name of a key vault: 3 to 24 letters, digits and hyphens"
                )
            }
        }
        let cloud = parameters.text("cloudName").trimmed
        if !cloud.isEmpty, !clouds.contains(where: { $0.lowercased() == cloud.lowercased() }) {
            parameters.error(
                "cloudName",
                "cloud `\(cloud)` is not known",
                hint: NearMiss.hint(for: cloud, among: clouds) ?? "one of \(clouds.quotedList)"
            )
        }
        _ = parameters.text("cloudEnvFileName")
    }

    private static func readIdentity(_ parameters: inout ClassParameters) {
        // Both spellings are in use; the provider takes either.
        if parameters.text("tenantID").trimmed.isEmpty, parameters.text("tenantId").trimmed.isEmpty
        {
            parameters.error("tenantID", "tenantID is not provided")
        }
        let chosen = identityModes.filter { parameters.flag($0) }
        if chosen.count > 1 {
            parameters.error(
                chosen[1],
                "only one identity mode can be enabled at a time: "
                    + chosen.joined(separator: ", ")
            )
        }
        _ = parameters.text("userAssignedIdentityID")
        _ = parameters.text("clientID")
    }

    /// The elements of `array`, each a YAML document in a string of its own.
    private static func array(
        _ document: YAMLNode?,
        of parameters: ClassParameters
    ) -> [ObjectList.Element] {
        let path = "\(ClassParameters.path).objects"
        guard let document else {
            if parameters.isBlank("objects") { parameters.error("objects", "objects is not set") }
            return []
        }
        guard
            var fields = FieldReader(
                document,
                path: path,
                reading: .asWritten,
                parameters.findings
            )
        else { return [] }
        let nodes = fields.list("array")
        fields.warnOfUnknown(in: "`objects`")
        if nodes?.isEmpty ?? !fields.has("array") {
            fields.error("array", "objects array is empty")
        }
        return (nodes ?? []).enumerated().compactMap { index, node in
            let place = "\(path).array[\(index)]"
            let errorsBefore = parameters.findings.errorCount
            if let object = EmbeddedYAML.parse(node, path: place, parameters.findings) {
                return (object, place)
            }
            // What is empty or no text is for the reader of objects to complain of.
            return parameters.findings.errorCount == errorsBefore ? (node, place) : nil
        }
    }

    private static func object(_ fields: inout FieldReader) -> SecretObject? {
        let name = fields.requiredText("objectName", of: "an object")
        let alias = fields.text("objectAlias")
        if fields.text("objectType").isEmpty {
            fields.error("objectType", "an object needs `objectType`: secret, key or cert")
        }
        let kind = fields.choice("objectType", as: AzureObject.Kind.self)
        let version = fields.text("objectVersion")
        let history = fields.integer("objectVersionHistory") ?? 0
        let format = fields.choice("objectFormat", as: AzureObject.Format.self, ignoringCase: true)
        let encoding = fields.encoding("objectEncoding")
        if encoding != .utf8, let kind, kind != .secret {
            fields.error("objectEncoding", "`objectEncoding` is for objects of type secret only")
        }
        let mode = FileMode.read(octal: "filePermission", digits: nil, from: &fields)
        fields.warnOfUnknown(in: "an object")
        guard let name, let kind else { return nil }
        let fileName = alias.isEmpty ? name : alias
        guard
            fields.check(
                fileName: fileName,
                from: alias.isEmpty ? "objectName" : "objectAlias"
            )
        else { return nil }
        let source = AzureObject(
            objectName: name,
            kind: kind,
            version: version.lowercased() == "latest" ? "" : version,
            versionHistory: history,
            format: format ?? .pem,
            encoding: encoding
        )
        return fields.object(fileName, .azure(source), fileName: fileName, mode: mode)
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
