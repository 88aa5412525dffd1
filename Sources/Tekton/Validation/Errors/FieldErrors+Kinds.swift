// SPDX-License-Identifier: Apache-2.0

extension FieldErrors {
    static func missing(_ paths: String...) -> FieldErrors {
        FieldErrors("missing field(s)", at: paths)
    }

    static func disallowed(_ paths: String...) -> FieldErrors {
        FieldErrors("must not set the field(s)", at: paths)
    }

    static func invalid(_ value: String, at path: String = "", details: String = "") -> FieldErrors
    {
        FieldErrors("invalid value: \(value)", at: path, details: details)
    }

    static func missingOneOf(_ paths: String...) -> FieldErrors {
        FieldErrors(
            "expected exactly one, got neither",
            at: paths,
            details: paths.count > 1 ? paths.joined(separator: ", ") : ""
        )
    }

    static func multipleOneOf(_ paths: String...) -> FieldErrors {
        FieldErrors(
            "expected exactly one, got both",
            at: paths,
            details: paths.count > 1 ? paths.joined(separator: ", ") : ""
        )
    }

    /// A feature that the gates do not open.
    static func gated(
        _ feature: String,
        needs stability: FeatureGates.Stability,
        gates: FeatureGates,
        at path: String = ""
    ) -> FieldErrors {
        guard gates.stability < stability else { return .none }
        let wanted = stability == .alpha ? "\"alpha\"" : "\"alpha\" or \"beta\""
        return FieldErrors(
            "\(feature) requires \"enable-api-fields\" feature gate to be \(wanted)"
                + " but it is \"\(gates.stability.rawValue)\"",
            at: path
        )
    }
}
