// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Runs jobs on several threads of our own; their outcomes come back in the order in which the jobs were given.
///
/// The threads start with the first job and end when the workers are released. Jobs may be given, and
/// outcomes taken, on any thread; taking blocks.
@safe package final class OrderedWorkers<Job: Sendable, Outcome: Sendable>: Sendable {
    private let shared: Shared
    private let name: String
    private let threadCount: Int
    private let work: @Sendable (Job) -> Outcome

    /// Makes ready.
    ///
    /// - Parameters:
    ///   - name: the threads'; cut to 15 bytes, the kernel's limit.
    ///   - threadCount: how many jobs run at once; `nil` for as many as this process may use processors.
    ///   - work: turns a job into its outcome.
    package init(
        _ name: String,
        threadCount: Int? = nil,
        work: @escaping @Sendable (Job) -> Outcome
    ) {
        self.name = name
        self.threadCount = threadCount ?? CurrentProcess.processorCount
        self.work = work
        shared = Shared()
    }

    deinit {
        shared.locked { $0.isEnding = true }
    }

    /// How many outcomes have not been taken yet.
    package var pendingCount: Int { shared.locked { $0.given - $0.taken } }

    /// How many jobs are worth giving at once: enough for every thread to find one.
    package var usefulCount: Int { 2 * threadCount }

    /// Gives a job; never blocks for long.
    package func give(_ job: Job) {
        let startsThread = shared.locked { state in
            state.jobs.append((state.given, job))
            state.given += 1
            if state.threads == threadCount { return false }
            state.threads += 1
            return true
        }
        if !startsThread { return }
        let (shared, work) = (shared, work)
        SystemThread.start(name) {
            while let (place, job) = shared.nextJob() {
                let outcome = work(job)
                shared.locked { $0.outcomes[place] = outcome }
            }
        }
    }

    /// Takes the outcome of the oldest job, and waits for it; `nil` when none is pending.
    package func take() -> Outcome? { shared.nextOutcome() }

    private struct State {
        var jobs: [(place: Int, job: Job)] = []
        var outcomes: [Int: Outcome] = [:]
        var given = 0
        var taken = 0
        var threads = 0
        var isEnding = false
    }

    /// The state behind a mutex, and the condition that it has changed.
    @safe private final class Shared: @unchecked Sendable {
        private let mutex: UnsafeMutablePointer<pthread_mutex_t>
        private let changed: UnsafeMutablePointer<pthread_cond_t>
        private var state = State()

        init() {
            unsafe mutex = .allocate(capacity: 1)
            unsafe changed = .allocate(capacity: 1)
            unsafe pthread_mutex_init(mutex, nil)
            unsafe pthread_cond_init(changed, nil)
        }

        deinit {
            unsafe pthread_cond_destroy(changed)
            unsafe pthread_mutex_destroy(mutex)
            unsafe changed.deallocate()
            unsafe mutex.deallocate()
        }

        func locked<Answer>(_ body: (inout State) -> Answer) -> Answer {
            unsafe pthread_mutex_lock(mutex)
            defer {
                unsafe pthread_cond_broadcast(changed)
                unsafe pthread_mutex_unlock(mutex)
            }
            return body(&state)
        }

        func nextJob() -> (place: Int, job: Job)? {
            wait { state in
                if !state.jobs.isEmpty { return .some(state.jobs.removeFirst()) }
                return state.isEnding ? .some(nil) : nil
            }
        }

        func nextOutcome() -> Outcome? {
            wait { state in
                if state.taken == state.given { return .some(nil) }
                guard let outcome = state.outcomes.removeValue(forKey: state.taken) else {
                    return nil
                }
                state.taken += 1
                return .some(outcome)
            }
        }

        /// Waits until `body` has an answer.
        private func wait<Answer>(_ body: (inout State) -> Answer?) -> Answer {
            unsafe pthread_mutex_lock(mutex)
            defer { unsafe pthread_mutex_unlock(mutex) }
            while true {
                if let answer = body(&state) { return answer }
                unsafe pthread_cond_wait(changed, mutex)
            }
        }
    }
}
