// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// One object of a class: what to ask the store for, and which file it makes.
package struct SecretObject: Sendable {
    /// What its provider needs to know to fetch it.
    package enum Source: Sendable, Hashable {
        /// Vault and OpenBao.
        case vault(VaultObject)
        case aws(AWSObject)
        case azure(AzureObject)
        case gcp(GCPObject)
        /// Providers `file` and `exec`.
        case configured(ConfiguredObject)
    }

    /// The name in the class (`objectName`; GCP's `resourceName`).
    package var name: String
    /// What to ask for.
    package var source: Source
    /// The file's path in the mount, as the provider makes it; checked by `MountPath`.
    ///
    /// An Azure object with a history of versions makes `fileName/0`, `fileName/1`, ... instead; an AWS
    /// object makes one file more for each of its `jmesPath` entries.
    package var fileName: String
    /// Permission bits of the file.
    package var mode: UInt16
    /// Where the object starts in the file, through the strings that it stands in.
    package var location: SourceLocation
    /// Where it stands in the class (`spec.parameters.objects[0]`).
    package var fieldPath: String

    package init(
        name: String,
        source: Source,
        fileName: String,
        mode: UInt16,
        location: SourceLocation,
        fieldPath: String = ""
    ) {
        self.name = name
        self.source = source
        self.fileName = fileName
        self.mode = mode
        self.location = location
        self.fieldPath = fieldPath
    }

    /// The paths of the files that it makes for certain, whatever the store answers.
    package var filePaths: [String] {
        switch source {
        case .aws(let object): [fileName] + object.jmesPaths.map(\.fileName)
        case .azure(let object) where object.versionHistory > 1: ["\(fileName)/0"]
        default: [fileName]
        }
    }
}

extension SecretObject {
    /// The paths of all files that it may make, but for those of an Azure object's history.
    package var fileNames: [String] {
        if case .aws(let object) = source { return [fileName] + object.jmesPaths.map(\.fileName) }
        return [fileName]
    }
}
