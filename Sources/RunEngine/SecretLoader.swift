// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Secrets
internal import Tekton

/// Fetches the classes that the volumes of the plans name: every object of every class, or nothing.
struct SecretLoader {
    var session: RunSession
    var stores: SecretStoreSelection
    var auditKey: AuditKey

    /// What one plan's classes came to.
    struct Loaded {
        /// By volume name.
        var files: [String: [FetchedSecret]] = [:]
        var events: [RunEvent.SecretsFetched] = []
        /// The Secrets that `secretObjects` ask for, by name.
        var synced: [String: SyncedSecrets.Secret] = [:]
    }

    fileprivate struct Answer {
        var files: [FetchedSecret]
        var event: RunEvent.SecretsFetched
        var synced: SyncedSecrets
    }

    /// What the stores have answered so far.
    struct Answers {
        fileprivate var byRequest: [SecretWatch.Key: Answer] = [:]

        mutating func merge(_ others: Answers) {
            byRequest.merge(others.byRequest) { own, _ in own }
        }

        /// What was fetched that `others` have not.
        func events(besides others: Answers) -> [RunEvent.SecretsFetched] {
            byRequest.filter { others.byRequest[$0.key] == nil }.map(\.value.event)
                .sorted { $0.secretClass < $1.secretClass }
        }
    }

    /// Fetches, registers every value with the redactor, and makes the synced Secrets; by plan uid.
    ///
    /// What is among `answers` is not asked for again. Throws `RunFailure.store` with the refusals of all
    /// classes.
    func load(
        for plans: [TaskRunPlan],
        _ answers: inout Answers
    ) async throws -> [String: Loaded] {
        var refused: Set<SecretWatch.Key> = []
        var loaded: [String: Loaded] = [:]
        var refusals: [SecretStoreError] = []
        for plan in plans where plan.refusal == nil {
            var own = Loaded()
            for use in plan.secretClasses {
                let request = SecretWatch.Key(
                    namespace: plan.namespace,
                    className: use.secretClass.name,
                    attributes: use.attributes,
                    identity: plan.identity
                )
                if answers.byRequest[request] == nil, !refused.contains(request) {
                    do throws(SecretStoreError) {
                        let answer = try await fetch(use.secretClass, as: request, for: plan)
                        answers.byRequest[request] = answer
                    } catch {
                        refused.insert(request)
                        refusals.append(error)
                    }
                }
                session.watch.use(request, by: plan.name)
                if let answer = answers.byRequest[request] {
                    own.add(answer.files, answer.event, answer.synced, for: use.volume)
                }
            }
            loaded[plan.uid] = own
        }
        if !refusals.isEmpty { throw RunFailure.store(refusals) }
        return loaded
    }

    private func fetch(
        _ secretClass: SecretProviderClass,
        as key: SecretWatch.Key,
        for plan: TaskRunPlan
    ) async throws(SecretStoreError) -> Answer {
        let store = try stores(secretClass.provider)
        let request = SecretRequest(
            secretClass: secretClass,
            namespace: plan.namespace,
            serviceAccount: plan.identity
        )
        let session = session
        let arrivals = SecretArrivals { session.register($0) }
        let files = try await arrivals.fetch(request, from: store)
        let synced = try SyncedSecrets(of: secretClass, from: files, auditKey: auditKey)
        for secret in synced.secrets.values {
            for version in secret.data.values { session.register(version) }
        }
        session.watch.add(
            WatchedClass(
                request,
                store,
                interval: session.settings.rotation(of: secretClass),
                files: files,
                synced: synced,
                at: session.clock.now().seconds
            ),
            for: key
        )
        let event = RunEvent.SecretsFetched(of: request, files)
        return Answer(files: files, event: event, synced: synced)
    }
}

extension SecretLoader.Loaded {
    fileprivate mutating func add(
        _ fetched: [FetchedSecret],
        _ event: RunEvent.SecretsFetched,
        _ made: SyncedSecrets,
        for volume: String
    ) {
        files[volume] = fetched
        events.append(event)
        for (name, secret) in made.secrets {
            var merged = secret
            merged.data.merge(synced[name]?.data ?? [:]) { new, _ in new }
            synced[name] = merged
        }
    }
}
