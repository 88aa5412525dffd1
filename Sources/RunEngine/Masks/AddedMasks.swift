// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction
internal import Synchronization

/// The values that steps register while they run, which from then on are masked in every stream of a session.
final class AddedMasks: Sendable {
    /// More would be an attack on the runner's memory; the step is ended rather than shown unmasked.
    private static let mostValues = 10_000
    private static let mostBytes = 4 << 20

    private struct State {
        var inboxes: [(inbox: MaskInbox, label: String)] = []
        var valueCount = 0
        var byteCount = 0
    }

    private let redactor: Redactor
    private let state = Mutex(State())

    init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    /// Registers a value of a step's; empty ones count for nothing.
    ///
    /// Throws `MaskLimitError` when steps have registered too much.
    func register(_ value: Span<UInt8>, from step: String) throws {
        if value.isEmpty { return }
        let isWithinLimits = state.withLock { state in
            state.valueCount += 1
            state.byteCount += value.count
            return state.valueCount <= Self.mostValues && state.byteCount <= Self.mostBytes
        }
        if !isWithinLimits { throw MaskLimitError() }
        redactor.register(value, name: "added-by-\(step)")
    }

    /// Takes an inbox in, which is drained with all others until `remove`.
    func add(_ inbox: MaskInbox, of taskRun: String) {
        state.withLock { $0.inboxes.append((inbox, taskRun)) }
    }

    /// Drains an inbox for the last time.
    func remove(_ inbox: MaskInbox) throws {
        try drain()
        state.withLock { state in state.inboxes.removeAll { $0.inbox === inbox } }
    }

    /// Registers all that steps have written to any inbox so far.
    ///
    /// `ready` is the inbox of which poll(2) has just said that there is something to read.
    func drain(ready: MaskInbox? = nil) throws {
        for (inbox, label) in state.withLock({ $0.inboxes }) {
            try inbox.drain(isReady: inbox === ready) { try register($0, from: label) }
        }
    }
}

/// Steps have registered more values than can be masked.
struct MaskLimitError: Error, CustomStringConvertible {
    let description = "the steps registered more values to be masked than Tacit keeps"
}
