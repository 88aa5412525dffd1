// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// The Secrets that a class's `secretObjects` make of its files; in memory only.
///
/// A key shares its file's version, and so its name in masks; only the values of `kubernetes.io/tls` Secrets
/// are made anew, as the CSI driver does.
package struct SyncedSecrets: Sendable {
    /// One Secret.
    package struct Secret: Sendable {
        /// As the class says (`Opaque`, `kubernetes.io/tls`, ...).
        package var type: String
        /// The class's, and the driver's own.
        package var labels: [String: String]
        /// The class's.
        package var annotations: [String: String]
        /// The value of each key.
        package var data: [String: SecretVersion]
    }

    /// By the Secret's name.
    package private(set) var secrets: [String: Secret] = [:]

    /// The label that the driver puts on what it makes.
    package static let managedLabel = "secrets-store.csi.k8s.io/managed"

    package init() {}

    /// Makes the Secrets of a class from what a store has served for it.
    ///
    /// - Throws: one failure for each key that cannot be made.
    package init(
        of secretClass: SecretProviderClass,
        from files: [FetchedSecret],
        auditKey: AuditKey? = nil
    ) throws(SecretStoreError) {
        let versions = Dictionary(
            files.map { ($0.path, $0.version) },
            uniquingKeysWith: { _, last in last }
        )
        var failures: [SecretStoreError.Failure] = []
        for synced in secretClass.secretObjects {
            secrets[synced.secretName] = Self.secret(synced, versions, auditKey, &failures)
        }
        if !failures.isEmpty {
            throw SecretStoreError(store: "class `\(secretClass.name)`", failures: failures)
        }
    }

    /// Takes over what was made of a later fetch of the same class.
    ///
    /// A key that shares its file's version follows that; one made anew succeeds the one that is there.
    ///
    /// - Parameter made: of the files that count now.
    /// - Returns: the versions that were made anew and differ.
    /// - Throws: `CryptographyError` when the secure heap is full.
    package mutating func succeed(
        by made: SyncedSecrets
    ) throws(CryptographyError) -> [SecretVersion] {
        var successors: [SecretVersion] = []
        for (name, secret) in made.secrets {
            for (key, version) in secret.data {
                guard let known = secrets[name]?.data[key], known.lineage !== version.lineage else {
                    secrets[name]?.data[key] = version
                    continue
                }
                if known.hasValue(of: version) { continue }
                let successor = try known.succeeded(by: version)
                secrets[name]?.data[key] = successor
                successors.append(successor)
            }
        }
        return successors
    }

    private static func secret(
        _ synced: SyncedSecret,
        _ versions: [String: SecretVersion],
        _ auditKey: AuditKey?,
        _ failures: inout [SecretStoreError.Failure]
    ) -> Secret {
        var data: [String: SecretVersion] = [:]
        for item in synced.data {
            do throws(Refusal) {
                data[item.key] = try version(of: item, synced.type, versions, auditKey)
            } catch {
                failures.append(
                    SecretStoreError.Failure(
                        object: item.objectName,
                        at: item.location,
                        "secret `\(synced.secretName)`, key `\(item.key)`: \(error.message)"
                    )
                )
            }
        }
        let labels = synced.labels.merging([managedLabel: "true"]) { $1 }
        return Secret(
            type: synced.type,
            labels: labels,
            annotations: synced.annotations,
            data: data
        )
    }

    private static func version(
        of item: SyncedSecret.Item,
        _ type: String,
        _ versions: [String: SecretVersion],
        _ auditKey: AuditKey?
    ) throws(Refusal) -> SecretVersion {
        guard let version = versions[item.objectName] else {
            throw Refusal(message: "file matching objectName \(item.objectName) not found")
        }
        if type != SyncedSecretReader.tlsType { return version }
        return try tls(item.key, version, auditKey)
    }

    private struct Refusal: Error {
        var message: String
    }

    /// The certificates or the private key of a PEM file.
    private static func tls(
        _ key: String,
        _ version: SecretVersion,
        _ auditKey: AuditKey?
    ) throws(Refusal) -> SecretVersion {
        do {
            let value = try tlsPart(key, version)
            let fingerprint = try auditKey?.fingerprint(of: value) ?? ""
            return SecretVersion(
                name: "\(version.name)/\(key)",
                value: value,
                number: version.number,
                storeVersion: version.storeVersion,
                requestID: version.requestID,
                fingerprint: fingerprint
            )
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(message: "\(error)")
        }
    }

    private static func tlsPart(_ key: String, _ version: SecretVersion) throws -> LockedBytes {
        let isPEM = version.value.withBytes { bytes in bytes.contains("-----BEGIN ") }
        if !isPEM { return try archivePart(key, version) }
        if key == "tls.crt" {
            let certificates = try version.value.withBytes { bytes throws(CryptographyError) in
                try PEMText.certificates(in: bytes)
            }
            if certificates.count == 0 { throw Refusal(message: "the file holds no certificate") }
            return certificates
        }
        let privateKey = try version.value.withBytes { bytes throws(CryptographyError) in
            try PEMText.privateKey(in: bytes)
        }
        guard let privateKey else { throw noKey }
        return privateKey
    }

    private static let noKey = Refusal(
        message: "the file holds no private key of RSA or an elliptic curve without a passphrase"
    )

    /// The same of a PFX file.
    private static func archivePart(
        _ key: String,
        _ version: SecretVersion
    ) throws -> LockedBytes {
        let archive = version.value.withBytes { bytes in PFXArchive(bytes) }
        guard let archive else {
            throw Refusal(
                message: "the file is neither PEM text nor a PFX archive without a password"
            )
        }
        if key == "tls.crt" {
            let certificates = try archive.certificates()
            if certificates.count == 0 { throw Refusal(message: "the file holds no certificate") }
            return certificates
        }
        guard let privateKey = try archive.privateKey() else { throw noKey }
        return privateKey
    }
}

extension Span<UInt8> {
    /// Whether the text stands somewhere in the bytes.
    fileprivate func contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        if count < wanted.count { return false }
        for start in 0...count - wanted.count {
            var length = 0
            while length < wanted.count, self[start + length] == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }
}
