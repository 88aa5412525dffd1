// SPDX-License-Identifier: Apache-2.0
internal import Secrets

/// A class whose store is asked again in the background, and what it last said.
struct WatchedClass {
    /// The longest wait after a failure, and the first one.
    private static let firstRetry = Duration.seconds(1)
    /// Of the time that a store keeps a value good, how much passes before it is asked again.
    private static let share = 2.0 / 3

    let request: SecretRequest
    let store: any SecretStore
    /// How often values are asked for; `nil` where only what is leased needs it.
    let interval: Duration?
    /// With the versions that count now.
    var files: [FetchedSecret]
    var synced: SyncedSecrets
    /// The TaskRuns that use it.
    var taskRuns: Set<String> = []
    var due: ContinuousClock.Instant
    /// When it was last answered.
    var answered: String
    var failureCount = 0
    /// Whether the user knows of its failures.
    var isTold = false
    var isUnderWay = false

    /// `nil` where nothing of the class can change.
    init?(
        _ request: SecretRequest,
        _ store: any SecretStore,
        interval: Duration?,
        files: [FetchedSecret],
        synced: SyncedSecrets,
        at time: String
    ) {
        self.request = request
        self.store = store
        self.interval = interval
        self.files = files
        self.synced = synced
        answered = time
        due = .now
        guard let wait = Self.wait(interval, files) else { return nil }
        due = .now + wait
    }

    /// Takes an answer over; whether the store had failed before.
    mutating func succeed(_ files: [FetchedSecret], _ synced: SyncedSecrets, at time: String) {
        self.files = files
        self.synced = synced
        answered = time
        failureCount = 0
        isTold = false
        due = .now + (Self.wait(interval, files) ?? Self.firstRetry)
    }

    /// Notes a failure: the next attempt comes soon, later ones ever less often.
    mutating func fail() {
        let longest = max(Self.wait(interval, files) ?? Self.firstRetry, Self.firstRetry)
        due = .now + min(Self.firstRetry * (1 << min(failureCount, 16)), longest)
        failureCount += 1
    }

    private static func wait(_ interval: Duration?, _ files: [FetchedSecret]) -> Duration? {
        let lifetime = files.compactMap(\.lifetime).min().map { $0 * share }
        switch (interval, lifetime) {
        case (let interval?, let lifetime?): return min(interval, lifetime)
        case (let interval?, nil): return interval
        case (nil, let lifetime): return lifetime
        }
    }
}
