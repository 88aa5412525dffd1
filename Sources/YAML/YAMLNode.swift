// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// One node of a YAML document, aliases expanded, with the place where it starts.
package struct YAMLNode: Sendable {
    /// A key and its value; both know where they stand.
    package struct Entry: Sendable {
        package var key: YAMLNode
        package var value: YAMLNode

        package init(key: YAMLNode, value: YAMLNode) {
            self.key = key
            self.value = value
        }
    }

    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        /// In the order of the file. Duplicate keys are refused by the parser.
        case mapping([Entry])
    }

    package var location: SourceLocation
    package var content: Content

    package init(at location: SourceLocation, _ content: Content) {
        self.location = location
        self.content = content
    }
}
