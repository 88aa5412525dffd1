// SPDX-License-Identifier: Apache-2.0
package import Tekton

/// A document that a resolver has fetched, not yet read.
package struct ResolvedSource: Sendable {
    package var bytes: [UInt8]
    /// What stands for the file's name in messages.
    package var name: String
    package var source: RefSource

    package init(bytes: [UInt8], name: String, source: RefSource) {
        self.bytes = bytes
        self.name = name
        self.source = source
    }
}
