// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Redaction
internal import Secrets
internal import Synchronization
internal import Tekton

/// Asks stores again, in the background, and lets the versions count that have changed.
///
/// A failure keeps what is there, and is told once until the store answers again.
final class SecretWatch: Sendable {
    /// What is asked of a store once, however many volumes and plans want it.
    struct Key: Hashable {
        var namespace: String
        var className: String
        var attributes: [String: String]
        var identity: String
    }

    /// How it tells the runs what happened.
    struct Reports: Sendable {
        /// Makes a value known to the redactor, before anyone can read it.
        var register: @Sendable (SecretVersion) -> Void
        /// Lets versions count.
        var replace: @Sendable ([SecretVersion]) -> Void
        /// Puts an event on the record of the runs of these TaskRuns.
        var emit: @Sendable (RunEvent, Set<String>) -> Void
    }

    /// How long new classes wait at most to be seen.
    private static let longestNap = Duration.milliseconds(500)

    private let classes = Mutex<[Key: WatchedClass]>([:])
    private let auditKey: AuditKey
    private let clock: WallClock
    private let reports: Reports

    init(auditKey: AuditKey, clock: WallClock, reports: Reports) {
        self.auditKey = auditKey
        self.clock = clock
        self.reports = reports
    }

    /// Watches a class from now on.
    func add(_ watched: WatchedClass?, for key: Key) {
        if let watched { classes.withLock { $0[key] = watched } }
    }

    /// Notes that a TaskRun uses a class.
    func use(_ key: Key, by taskRun: String) {
        classes.withLock { _ = $0[key]?.taskRuns.insert(taskRun) }
    }

    /// Goes on until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for key in takeDue() { group.addTask { await self.refresh(key) } }
                try? await Task.sleep(for: nap())
            }
            group.cancelAll()
        }
    }

    private func takeDue() -> [Key] {
        classes.withLock { classes in
            let due = classes.filter { !$0.value.isUnderWay && $0.value.due <= .now }.map(\.key)
            for key in due { classes[key]?.isUnderWay = true }
            return due
        }
    }

    private func nap() -> Duration {
        let next = classes.withLock { classes in
            classes.values.lazy.filter { !$0.isUnderWay }.map(\.due).min()
        }
        guard let next else { return Self.longestNap }
        return min(max(ContinuousClock.now.duration(to: next), .milliseconds(1)), Self.longestNap)
    }
}

extension SecretWatch {
    /// Asks for one class; it is due again afterwards.
    func refresh(_ key: Key) async {
        guard let watched = classes.withLock({ $0[key] }) else { return }
        do {
            let fetched = try await watched.store.fetch(watched.request)
            try take(fetched, for: key, watched)
        } catch {
            if !Task.isCancelled { fail(error, key) }
        }
        classes.withLock { $0[key]?.isUnderWay = false }
    }

    private func take(
        _ fetched: [FetchedSecret],
        for key: Key,
        _ watched: WatchedClass
    ) throws {
        let (files, changed) = try succeed(watched.files, fetched)
        var successors = changed
        var synced = watched.synced
        if !changed.isEmpty {
            let made = try SyncedSecrets(
                of: watched.request.secretClass,
                from: files,
                auditKey: auditKey
            )
            successors += try synced.succeed(by: made)
        }
        for version in successors { reports.register(version) }
        if !changed.isEmpty {
            reports.emit(.secretsRotated(event(changed, watched)), taskRuns(of: key))
            reports.replace(successors)
        }
        let failures = watched.isTold ? watched.failureCount : 0
        let time = clock.now().seconds
        let ready = synced
        classes.withLock { $0[key]?.succeed(files, ready, at: time) }
        if failures > 0 {
            let name = watched.request.secretClass.name
            let times = failures == 1 ? "one failure" : "\(failures) failures"
            let note = "class `\(name)`: its store answers again, after \(times)"
            reports.emit(.noted(note), taskRuns(of: key))
        }
    }

    /// What was fetched, with its place among the versions that were there, and what of it has changed.
    private func succeed(
        _ known: [FetchedSecret],
        _ fetched: [FetchedSecret]
    ) throws -> (files: [FetchedSecret], changed: [SecretVersion]) {
        let answers = Dictionary(
            fetched.map { ($0.path, $0) },
            uniquingKeysWith: { _, last in last }
        )
        var changed: [SecretVersion] = []
        let files = try known.map { file in
            guard let answer = answers[file.path] else { return file }
            var file = file
            file.lifetime = answer.lifetime
            if !file.version.hasValue(of: answer.version) {
                file.version = try file.version.succeeded(by: answer.version)
                changed.append(file.version)
            }
            return file
        }
        return (files, changed)
    }

    private func fail(_ error: any Error, _ key: Key) {
        let watched = classes.withLock { classes in
            defer { classes[key]?.fail() }
            return classes[key]
        }
        // A store that is away is told of once, however many classes and leases notice it.
        if (error as? SecretStoreError)?.isReported == true { return }
        guard let watched, !watched.isTold else { return }
        classes.withLock { $0[key]?.isTold = true }
        let note =
            "class `\(watched.request.secretClass.name)`: its store cannot be asked again, so the values "
            + "of \(watched.answered) stay: \(error)"
        reports.emit(.noted(note), watched.taskRuns)
    }

    private func taskRuns(of key: Key) -> Set<String> {
        classes.withLock { $0[key]?.taskRuns ?? [] }
    }

    private func event(
        _ changed: [SecretVersion],
        _ watched: WatchedClass
    ) -> RunEvent.SecretsFetched {
        RunEvent.SecretsFetched(
            secretClass: watched.request.secretClass.name,
            provider: watched.request.secretClass.provider,
            objects: changed.map { version in
                RunEvent.SecretsFetched.Object(
                    name: version.name,
                    version: version.storeVersion,
                    requestID: version.requestID,
                    fingerprint: version.fingerprint
                )
            }
        )
    }
}
