// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// Keeps a session's further threads out of the way until the first one is held up.
///
/// The kernel hands requests to waiting threads in turn, so with two threads waiting each request of one
/// client wakes another thread: a third more time for open, read and close. Therefore one thread serves,
/// and the others stand in only while every serving thread has been busy with one request for
/// `patience`.
final class ThreadReserve: Sendable {
    /// Nanoseconds between two looks at the serving threads.
    private static let patience = 2_000_000
    /// After so many looks without a request, the watch rests until the next one.
    private static let quietLooks = 10

    private let begun = Atomic<Int>(0)
    private let ended = Atomic<Int>(0)
    /// How many threads serve.
    private let serving = Atomic<Int>(1)
    private let isWatching = Atomic<Bool>(false)
    private let hasClosed = Atomic<Bool>(false)
    /// The one thread that watches; the others queue here.
    private let watch = Mutex(())
    private let bell: Pipe

    init() throws(SystemError) {
        bell = try Pipe()
    }

    /// To be called by a serving thread when it has a request.
    func requestBegins() {
        begun.add(1, ordering: .sequentiallyConsistent)
        if isWatching.load(ordering: .sequentiallyConsistent) { return }
        let (isFirst, _) = isWatching.compareExchange(
            expected: false,
            desired: true,
            ordering: .sequentiallyConsistent
        )
        if isFirst { ring() }
    }

    /// To be called by a serving thread when it is through with its request.
    func requestEnds() {
        ended.add(1, ordering: .sequentiallyConsistent)
    }

    /// Sends the threads in reserve home, now and from now on.
    func close() {
        hasClosed.store(true, ordering: .sequentiallyConsistent)
        ring()
    }

    /// Waits until a thread has to stand in.
    ///
    /// Returns `false` when the session ends instead.
    func waitUntilNeeded() -> Bool {
        watch.withLock { _ in
            var before = look()
            var quiet = 0
            while !hasClosed.load(ordering: .sequentiallyConsistent) {
                if quiet == Self.quietLooks {
                    rest(since: before)
                    quiet = 0
                }
                SystemThread.sleep(nanoseconds: Self.patience)
                let now = look()
                let nothingHappened = now == before
                if nothingHappened, now.busy >= serving.load(ordering: .relaxed) {
                    serving.add(1, ordering: .relaxed)
                    return true
                }
                quiet = nothingHappened && now.busy == 0 ? quiet + 1 : 0
                before = now
            }
            return false
        }
    }

    /// Whether a thread that stands in, and is through with a request, may go: another one is free.
    func isRelieved() -> Bool {
        let others = serving.load(ordering: .relaxed) - 1
        if look().busy >= others { return false }
        serving.subtract(1, ordering: .relaxed)
        return true
    }

    private struct Look: Equatable {
        var ended: Int
        var begun: Int
        var busy: Int { begun - ended }
    }

    private func look() -> Look {
        let ended = ended.load(ordering: .sequentiallyConsistent)
        return Look(ended: ended, begun: begun.load(ordering: .sequentiallyConsistent))
    }

    /// Waits for the first request after `look`.
    private func rest(since look: Look) {
        isWatching.store(false, ordering: .sequentiallyConsistent)
        // A request that began before that store rang no bell.
        if begun.load(ordering: .sequentiallyConsistent) == look.begun,
            !hasClosed.load(ordering: .sequentiallyConsistent)
        {
            var rings: [UInt8] = [0]
            _ = try? bell.reader.descriptor.read(into: &rings)
        }
        isWatching.store(true, ordering: .sequentiallyConsistent)
    }

    /// A pipe that is full has rung.
    private func ring() {
        try? bell.writer.descriptor.write([0])
    }
}
