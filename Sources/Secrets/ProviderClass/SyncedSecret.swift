// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// A Kubernetes Secret that a class asks to have made from its files (`secretObjects`).
package struct SyncedSecret: Sendable {
    /// One key and the file that fills it.
    package struct Item: Sendable {
        /// The file's path in the mount.
        package var objectName: String
        /// Of the Secret's data.
        package var key: String
        package var location: SourceLocation

        package init(objectName: String, key: String, location: SourceLocation) {
            self.objectName = objectName
            self.key = key
            self.location = location
        }
    }

    /// Unique in the class.
    package var secretName: String
    /// Not empty.
    package var type: String
    /// Not empty; keys are unique.
    package var data: [Item]
    /// To be put on the Secret.
    package var labels: [String: String]
    /// To be put on the Secret.
    package var annotations: [String: String]
    package var location: SourceLocation

    package init(
        secretName: String,
        type: String,
        data: [Item],
        labels: [String: String] = [:],
        annotations: [String: String] = [:],
        location: SourceLocation
    ) {
        self.secretName = secretName
        self.type = type
        self.data = data
        self.labels = labels
        self.annotations = annotations
        self.location = location
    }
}
