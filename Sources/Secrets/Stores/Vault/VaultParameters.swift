// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// A class's parameters under the prefixes that its provider knows, the first that is given first.
///
/// Source: openbao-csi-provider's `internal/config`, which tries `bao`, `openbao` and `vault`.
struct VaultParameters {
    let secretClass: SecretProviderClass

    struct Parameter {
        var name: String
        var text: String
        var location: SourceLocation?
    }

    private var prefixes: [String] {
        secretClass.provider == SecretProvider.openbao.rawValue
            ? ["bao", "openbao", "vault"] : ["vault"]
    }

    /// A parameter by its name without the prefix (`Address`); `nil` when it is missing or empty.
    subscript(_ name: String) -> Parameter? {
        for prefix in prefixes {
            let full = prefix + name
            guard let text = secretClass.parameters[full], !text.isEmpty else { continue }
            return Parameter(
                name: full,
                text: text,
                location: secretClass.parameterNodes[full]?.location
            )
        }
        return nil
    }

    /// Whether the class asks for the server's certificate not to be checked.
    var skipsVerification: Parameter? {
        self["SkipTLSVerify"].flatMap {
            ["1", "t", "T", "true", "TRUE", "True"].contains($0.text) ? $0 : nil
        }
    }

    /// Where the class says that its login method is mounted.
    var mount: Parameter? { self["AuthMountPath"] ?? self["KubernetesMountPath"] }
}
