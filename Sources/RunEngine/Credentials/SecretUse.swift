// SPDX-License-Identifier: Apache-2.0

/// What a Secret says of its use as a credential.
package struct SecretUse: Sendable {
    /// `kubernetes.io/basic-auth`, ...; `Opaque` says nothing.
    package var type: String
    package var annotations: [String: String]

    package init(type: String = "Opaque", annotations: [String: String] = [:]) {
        self.type = type
        self.annotations = annotations
    }

    /// The values of the annotations with a prefix, ascending, as Tekton takes them.
    func addresses(_ prefix: String) -> [String] {
        annotations.filter { $0.key.hasPrefix(prefix) }.map(\.value)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
