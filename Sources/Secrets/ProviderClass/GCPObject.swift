// SPDX-License-Identifier: Apache-2.0

/// An object of provider `gcp`.
package struct GCPObject: Sendable, Hashable {
    /// What becomes of the answer.
    package enum Extraction: Sendable, Hashable {
        case whole
        /// A top-level key of a JSON value.
        case jsonKey(String)
        /// A top-level key of a YAML value.
        case yamlKey(String)
    }

    /// As written (`projects/P/secrets/S/versions/V`).
    package var resourceName: String
    /// Empty for a global secret; else the location in its name.
    package var region: String
    /// Whether it is one of Parameter Manager's.
    package var isParameter: Bool
    /// The whole value unless the class says otherwise.
    package var extraction: Extraction

    package init(
        resourceName: String,
        region: String = "",
        isParameter: Bool = false,
        extraction: Extraction = .whole
    ) {
        self.resourceName = resourceName
        self.region = region
        self.isParameter = isParameter
        self.extraction = extraction
    }
}
