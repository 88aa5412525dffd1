// SPDX-License-Identifier: Apache-2.0

/// A secret that the store made for us and takes back when its time is over.
struct VaultLease: Sendable {
    var identifier: String
    /// The answer that it came with, served again as long as it is good.
    var reply: VaultReply
    /// The time that was granted first, asked for again at each renewal.
    var wanted: Duration
    /// What the store granted last, and when.
    var granted: Duration
    var grantedAt: ContinuousClock.Instant
    /// Whether the store still extends it.
    var isRenewable: Bool

    init(_ reply: VaultReply, now: ContinuousClock.Instant) {
        identifier = reply.leaseID
        self.reply = reply
        wanted = .seconds(reply.leaseSeconds)
        granted = wanted
        grantedAt = now
        isRenewable = reply.isRenewable
    }

    var end: ContinuousClock.Instant { grantedAt + granted }

    /// At two thirds of its time.
    var renewal: ContinuousClock.Instant { grantedAt + granted * 2 / 3 }

    var isDue: Bool { ContinuousClock.now >= renewal }

    /// Whether its secret can be served again: it is far from its end, or can be kept from it.
    var isGood: Bool { ContinuousClock.now < end && (isRenewable || !isDue) }

    mutating func extend(by granted: Duration, isRenewable: Bool, now: ContinuousClock.Instant) {
        self.granted = granted
        grantedAt = now
        // The store's upper limit comes near: less than a third of what it gave at first.
        self.isRenewable = isRenewable && granted * 3 > wanted
    }
}
