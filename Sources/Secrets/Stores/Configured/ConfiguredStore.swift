// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

/// Serves classes of provider `file` and `exec` from the sources that the user's configuration names.
struct ConfiguredStore: SecretStore {
    let access: StoreAccess
    let auditKey: AuditKey?

    func fetch(_ request: SecretRequest) async throws(SecretStoreError) -> [FetchedSecret] {
        let isExecuted = request.secretClass.provider == SecretProvider.exec.rawValue
        return try await serve(request) { object, source throws(SourceReader.Failure) in
            let value = try SourceReader(access: access).read(
                entry: source.entry,
                isExecuted: isExecuted
            )
            return try file(object, source, value)
        }
    }

    func check(_ request: SecretRequest) async throws(SecretStoreError) {
        let isExecuted = request.secretClass.provider == SecretProvider.exec.rawValue
        _ = try await serve(request) { _, source throws(SourceReader.Failure) in
            try SourceReader(access: access).check(entry: source.entry, isExecuted: isExecuted)
            return nil
        }
    }

    /// One object after the other, on a thread that may block; every failure is gathered.
    private func serve(
        _ request: SecretRequest,
        _ body:
            @escaping @Sendable (SecretObject, ConfiguredObject) throws(SourceReader.Failure) ->
            FetchedSecret?
    ) async throws(SecretStoreError) -> [FetchedSecret] {
        let objects = request.secretClass.objects
        let outcome = try? await SystemThread.run("sources") {
            var files: [FetchedSecret] = []
            var failures: [SecretStoreError.Failure] = []
            for object in objects {
                guard case .configured(let source) = object.source else {
                    preconditionFailure("a class of provider file or exec has objects of its kind")
                }
                do throws(SourceReader.Failure) {
                    if let file = try body(object, source) { files.append(file) }
                } catch {
                    failures.append(
                        SecretStoreError.Failure(
                            object: object.name,
                            at: object.location,
                            error.message,
                            remedy: error.remedy
                        )
                    )
                }
            }
            return (files, failures)
        }
        guard let (files, failures) = outcome else {
            preconditionFailure("failures are gathered, not thrown")
        }
        if failures.isEmpty { return files }
        throw SecretStoreError(store: "this host's sources", failures: failures)
    }

    private func file(
        _ object: SecretObject,
        _ source: ConfiguredObject,
        _ value: consuming LockedBytes
    ) throws(SourceReader.Failure) -> FetchedSecret {
        do {
            let decoded = try value.withBytes { bytes throws(CryptographyError) in
                try source.encoding.decode(bytes)
            }
            guard let decoded else {
                throw SourceReader.Failure(
                    message: "source `\(source.entry)` is not \(source.encoding.rawValue), as the "
                        + "object's encoding says"
                )
            }
            let fingerprint = try auditKey?.fingerprint(of: decoded) ?? ""
            return FetchedSecret(
                path: object.fileName,
                mode: object.mode,
                version: SecretVersion(
                    name: object.name,
                    value: decoded,
                    fingerprint: fingerprint
                )
            )
        } catch let failure as SourceReader.Failure {
            throw failure
        } catch {
            throw SourceReader.Failure(message: "\(error)")
        }
    }
}
