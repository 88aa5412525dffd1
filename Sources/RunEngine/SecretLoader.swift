// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Secrets
internal import Tekton

/// Fetches the classes that the volumes of the plans name: every object of every class, or nothing.
struct SecretLoader {
    var session: RunSession
    var stores: SecretStoreSelection
    var classes: [SecretProviderClass]

    /// What one namespace's classes came to.
    struct Loaded {
        /// By class name.
        var files: [String: [FetchedSecret]] = [:]
        var events: [String: RunEvent.SecretsFetched] = [:]
        /// The Secrets that `secretObjects` ask for, by name.
        var synced: [String: [String: SecretVersion]] = [:]
    }

    private struct Request: Hashable {
        var namespace: String
        var className: String
        var serviceAccount: String
    }

    /// Fetches, registers every value with the redactor, and makes the synced Secrets.
    ///
    /// Throws `RunFailure.store` with the refusals of all classes.
    func load(for plans: [TaskRunPlan]) async throws -> [String: Loaded] {
        var requests: [Request] = []
        for plan in plans where plan.refusal == nil {
            for use in plan.secretClasses {
                let request = Request(
                    namespace: plan.namespace,
                    className: use.name,
                    serviceAccount: plan.identity
                )
                if !requests.contains(request) { requests.append(request) }
            }
        }
        var loaded: [String: Loaded] = [:]
        var refusals: [SecretStoreError] = []
        for request in requests {
            let secretClass = secretClass(of: request)
            do throws(SecretStoreError) {
                let store = try stores(secretClass.provider)
                let fetched = try await store.fetch(
                    SecretRequest(
                        secretClass: secretClass,
                        namespace: request.namespace,
                        serviceAccount: request.serviceAccount
                    )
                )
                for file in fetched { session.register(file.version) }
                loaded[request.namespace, default: Loaded()].add(fetched, of: secretClass)
            } catch {
                refusals.append(error)
            }
        }
        if !refusals.isEmpty { throw RunFailure.store(refusals) }
        return loaded
    }

    private func secretClass(of request: Request) -> SecretProviderClass {
        let found = classes.first {
            $0.name == request.className && $0.namespace == request.namespace
        }
        guard let found else {
            preconditionFailure("the planner refuses a volume whose class is not in the files")
        }
        return found
    }
}

extension SecretLoader.Loaded {
    fileprivate mutating func add(_ fetched: [FetchedSecret], of secretClass: SecretProviderClass) {
        files[secretClass.name] = fetched
        events[secretClass.name] = RunEvent.SecretsFetched(
            secretClass: secretClass.name,
            provider: secretClass.provider,
            objects: fetched.map { file in
                RunEvent.SecretsFetched.Object(
                    name: file.version.name,
                    version: file.version.storeVersion,
                    requestID: file.version.requestID,
                    fingerprint: file.version.fingerprint
                )
            }
        )
        for secret in secretClass.secretObjects {
            for item in secret.data {
                guard let file = fetched.first(where: { $0.path == item.objectName }) else {
                    continue
                }
                synced[secret.secretName, default: [:]][item.key] = file.version
            }
        }
    }
}
