// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import Synchronization

/// A thread that runs one body after another and sleeps in between.
@safe final class IdleThread: @unchecked Sendable {
    /// What a thread runs, and what it is called meanwhile.
    struct Body: Sendable {
        var name: String
        var run: @Sendable () -> Void
    }

    private let next: Mutex<Body?>
    /// Counts the bodies that are given and not yet taken.
    private let given: UnsafeMutablePointer<sem_t>

    /// Its thread is yet to be started, and takes `first` at once.
    init(_ first: Body) {
        next = Mutex(first)
        unsafe given = .allocate(capacity: 1)
        unsafe sem_init(given, 0, 1)
    }

    deinit {
        unsafe sem_destroy(given)
        unsafe given.deallocate()
    }

    /// Wakes the thread to run `body`; only while it has none.
    func give(_ body: Body) {
        next.withLock { next in
            precondition(next == nil, "an idle thread has nothing to run")
            next = body
        }
        unsafe sem_post(given)
    }

    /// Waits for a body and runs it to its end; called by the thread alone.
    func runBody() {
        while unsafe sem_wait(given) != 0 {}
        let body = next.withLock { $0.take() }
        guard let body else { preconditionFailure("the semaphore counts bodies") }
        unsafe clinux_name_thread(String(body.name.utf8.prefix(15)) ?? "tacit")
        body.run()
    }
}
