// SPDX-License-Identifier: Apache-2.0

/// The rule for a document's name.
enum MetadataChecks {
    /// A name is a DNS subdomain of at most 63 bytes; a `generateName` makes one where there is none.
    static func validate(_ metadata: ObjectMetadata) -> FieldErrors {
        let name = metadata.name
        if name.isEmpty, !metadata.generateName.isEmpty { return .none }
        guard ResourceName.isSubdomain(name) else {
            return FieldErrors(
                "invalid resource name \(GoQuotedText.of(name)): must be a valid DNS label",
                at: "metadata.name"
            )
        }
        guard name.utf8.count <= ResourceName.longestLabel else {
            return FieldErrors(
                "Invalid resource name: length must be no more than 63 characters",
                at: "metadata.name"
            )
        }
        return .none
    }

    /// A name of Kubernetes' core objects is a DNS subdomain.
    static func validateCoreName(_ metadata: ObjectMetadata) -> FieldErrors {
        let isNamed = ResourceName.isSubdomain(metadata.name)
        if isNamed || (metadata.name.isEmpty && !metadata.generateName.isEmpty) { return .none }
        return FieldErrors(
            "invalid resource name \(GoQuotedText.of(metadata.name)): must be a valid DNS subdomain",
            at: "metadata.name"
        )
    }
}
