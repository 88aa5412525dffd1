// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

/// Serves the classes of every provider from the embedded store.
///
/// | provider | name in the store | what of it |
/// |---|---|---|
/// | vault, openbao | `secretPath`, its query dropped | key `secretKey`, decoded; without one the JSON of the whole secret, as the provider writes it |
/// | aws | `objectName` | key `value`, or else all keys as a JSON object; a `jmesPath` that names a key |
/// | azure | `objectName` | key `value`, decoded |
/// | gcp | `resourceName`, with or without its version | as aws; `extractJSONKey`, `extractYAMLKey`: that key |
/// | file, exec | `entry` | key `value`, decoded |
///
/// Versions and labels that a class asks for are not looked at: the store keeps one version.
extension LocalStore: SecretStore {
    /// The key of a secret that is one value.
    package static let contentKey = "value"
    private static let displayName = "local store"

    /// Serves every object of a class, or says of each one that it cannot why.
    package func fetch(_ request: SecretRequest) async throws(SecretStoreError) -> [FetchedSecret] {
        do {
            return try await SystemThread.run("local store") { try self.serve(request) }
        } catch let error as SecretStoreError {
            throw error
        } catch {
            throw SecretStoreError(
                store: Self.displayName,
                failures: [SecretStoreError.Failure("\(error)")]
            )
        }
    }

    /// Does the same as `fetch`: what the store holds is at hand, and nobody keeps count.
    package func check(_ request: SecretRequest) async throws(SecretStoreError) {
        _ = try await fetch(request)
    }

    private func serve(_ request: SecretRequest) throws -> [FetchedSecret] {
        let records = try load()
        var fetched: [FetchedSecret] = []
        var failures: [SecretStoreError.Failure] = []
        for object in request.secretClass.objects {
            for lookup in LocalLookup.all(for: object) {
                do throws(LocalLookup.Failure) {
                    fetched.append(try fetch(lookup, records))
                } catch {
                    failures.append(
                        SecretStoreError.Failure(
                            object: lookup.maskName,
                            at: object.location,
                            error.message,
                            remedy: error.remedy
                        )
                    )
                }
            }
        }
        if failures.isEmpty { return fetched }
        throw SecretStoreError(store: Self.displayName, failures: failures)
    }

    private func fetch(
        _ lookup: LocalLookup,
        _ records: StoreRecords
    ) throws(LocalLookup.Failure) -> FetchedSecret {
        let (name, record) = try lookup.find(in: records)
        let value = try lookup.select(from: record, name)
        let fingerprint: String
        do {
            fingerprint = try auditKey?.fingerprint(of: value) ?? ""
        } catch {
            throw LocalLookup.Failure(message: "\(error)")
        }
        return FetchedSecret(
            path: lookup.path,
            mode: lookup.mode,
            version: SecretVersion(
                name: lookup.maskName,
                value: value,
                storeVersion: String(record.version),
                fingerprint: fingerprint
            )
        )
    }
}
