// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// A thread of our own, for calls that block.
///
/// Blocking on the cooperative pool would starve every task of the process; a thread here may wait in
/// read(2) for as long as it likes.
package enum SystemThread {
    /// Threads whose body has ended and that wait for another one; see `IdleThread`.
    private static let idle = Mutex<[IdleThread]>([])
    private static let idleLimit = 8

    /// Runs `body` to its end on a thread that nobody else uses meanwhile, and that need not be new: starting
    /// one costs ten times what waking one does.
    ///
    /// - Parameters:
    ///   - name: shown by `ps -L`; cut to 15 bytes, the kernel's limit.
    ///   - body: must leave the thread as it found it: namespaces, signal mask, locale.
    package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let body = IdleThread.Body(name: name, run: body)
        if let thread = idle.withLock({ $0.popLast() }) {
            thread.give(body)
        } else {
            create(IdleThread(body))
        }
    }

    private static func create(_ thread: IdleThread) {
        let box = unsafe Unmanaged.passRetained(thread)
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        unsafe pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        var handle = pthread_t()
        var failure = unsafe start(&handle, &attributes, box.toOpaque())
        // Processes of others, a step's among them, may have used up what there is; it passes.
        for _ in 0..<1000 where failure == EAGAIN {
            SystemThread.sleep(nanoseconds: 10_000_000)
            failure = unsafe start(&handle, &attributes, box.toOpaque())
        }
        unsafe pthread_attr_destroy(&attributes)
        precondition(failure == 0, "a thread can be started: \(Errno(rawValue: failure))")
    }

    private static func start(
        _ handle: inout pthread_t,
        _ attributes: inout pthread_attr_t,
        _ box: UnsafeMutableRawPointer
    ) -> CInt {
        unsafe pthread_create(
            &handle,
            &attributes,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let thread = unsafe Unmanaged<IdleThread>.fromOpaque(argument).takeRetainedValue()
                repeat { thread.runBody() } while SystemThread.keep(thread)
                return nil
            },
            box
        )
    }

    /// Whether the thread is kept for another body.
    private static func keep(_ thread: IdleThread) -> Bool {
        idle.withLock { threads in
            if threads.count >= idleLimit { return false }
            threads.append(thread)
            return true
        }
    }

    /// Runs `body` on a thread of our own and waits for it without blocking the caller's executor.
    package static func run<Outcome: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable () throws -> Outcome
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            start(name) { continuation.resume(with: Result { try body() }) }
        }
    }
}
