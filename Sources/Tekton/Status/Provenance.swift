// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A run's `status.provenance`: under which feature flags it ran, and where its definition was fetched from.
package struct Provenance: Sendable {
    package var gates: FeatureGates
    /// Tekton's `disable-creds-init`.
    package var hasNoCredentials: Bool
    /// `nil` for a definition of the files.
    package var source: RefSource?

    package init(gates: FeatureGates, hasNoCredentials: Bool, source: RefSource?) {
        self.gates = gates
        self.hasNoCredentials = hasNoCredentials
        self.source = source
    }

    package var json: JSONValue {
        var members = source?.provenance.object ?? [:]
        members["featureFlags"] = .object(flags)
        return .object(members)
    }

    /// Those that mean something on a host; Tekton leaves out what is false.
    private var flags: [String: JSONValue] {
        var flags: [String: JSONValue] = [
            "enableAPIFields": .string(gates.stability.rawValue),
            "awaitSidecarReadiness": .bool(true),
            "enableProvenanceInStatus": .bool(true),
            "enableStepActions": .bool(true),
            "resultExtractionMethod": .string("termination-message"),
            "maxResultSize": .integer(4096),
        ]
        for (name, isSet) in [
            ("disableCredsInit", hasNoCredentials), ("enableCELInWhenExpression", gates.allowsCEL),
            ("enableParamEnum", gates.allowsParamEnum),
            ("enableArtifacts", gates.allowsArtifacts),
            ("enableConciseResolverSyntax", gates.allowsConciseResolverSyntax),
        ] where isSet {
            flags[name] = .bool(true)
        }
        return flags
    }
}
