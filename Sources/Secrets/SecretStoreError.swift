// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// Why a store did not serve a class: one failure an object, or one for the store itself.
package struct SecretStoreError: Error, Sendable, CustomStringConvertible {
    /// One object that was refused or missing, or the whole store.
    package struct Failure: Sendable {
        /// The object's name; empty when the store as a whole failed.
        package var object: String
        /// Where the object stands in the YAML.
        package var location: SourceLocation?
        /// The store's own words.
        package var message: String
        /// What to do about it; empty when nothing is known.
        package var remedy: String

        package init(
            object: String = "",
            at location: SourceLocation? = nil,
            _ message: String,
            remedy: String = ""
        ) {
            self.object = object
            self.location = location
            self.message = message
            self.remedy = remedy
        }
    }

    /// The store's name in messages (`local store`, `vault at https://...`).
    package var store: String
    /// Never empty.
    package var failures: [Failure]
    /// Whether the store is away, rather than that it refuses something.
    package var isOutage = false
    /// Whether the user has been told of this outage.
    package var isReported = false

    package init(store: String, failures: [Failure]) {
        self.store = store
        self.failures = failures
    }

    package var description: String {
        failures.map { failure in
            let object = failure.object.isEmpty ? "" : " object `\(failure.object)`:"
            let remedy = failure.remedy.isEmpty ? "" : "; \(failure.remedy)"
            return "\(store):\(object) \(failure.message)\(remedy)"
        }.joined(separator: "\n")
    }
}
