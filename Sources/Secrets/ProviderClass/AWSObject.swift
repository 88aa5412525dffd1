// SPDX-License-Identifier: Apache-2.0

/// An object of provider `aws`.
package struct AWSObject: Sendable, Hashable {
    /// Which service keeps it.
    package enum Service: String, Sendable, CaseIterable {
        case secretsManager = "secretsmanager"
        case parameterStore = "ssmparameter"
    }

    /// A part of a JSON secret that makes a file of its own.
    package struct JMESPath: Sendable, Hashable {
        /// The expression (jmespath.org).
        package var path: String
        /// As written (`objectAlias`).
        package var alias: String
        /// The file's path in the mount, its slashes translated.
        package var fileName: String
        /// Permission bits.
        package var mode: UInt16

        package init(path: String, alias: String, fileName: String, mode: UInt16) {
            self.path = path
            self.alias = alias
            self.fileName = fileName
            self.mode = mode
        }
    }

    /// What to ask the failover region for instead.
    package struct Failover: Sendable, Hashable {
        package var objectName: String
        package var version: String
        package var versionLabel: String

        package init(objectName: String, version: String, versionLabel: String) {
            self.objectName = objectName
            self.version = version
            self.versionLabel = versionLabel
        }
    }

    /// A name or an ARN.
    package var objectName: String
    /// As `objectType` or the ARN says.
    package var service: Service
    /// Empty for the current one.
    package var version: String
    /// Empty when none is written (Secrets Manager then serves `AWSCURRENT`).
    package var versionLabel: String
    /// Files that are made besides the whole secret's.
    package var jmesPaths: [JMESPath]
    /// `nil` when the failover region is asked for the same object.
    package var failover: Failover?

    package init(
        objectName: String,
        service: Service,
        version: String = "",
        versionLabel: String = "",
        jmesPaths: [JMESPath] = [],
        failover: Failover? = nil
    ) {
        self.objectName = objectName
        self.service = service
        self.version = version
        self.versionLabel = versionLabel
        self.jmesPaths = jmesPaths
        self.failover = failover
    }
}
