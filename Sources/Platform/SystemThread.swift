// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// A thread of our own, for calls that block.
///
/// Blocking on the cooperative pool would starve every task of the process; a thread here may wait in
/// read(2) for as long as it likes.
package enum SystemThread {
    /// Starts a detached thread.
    ///
    /// - Parameters:
    ///   - name: shown by `ps -L`; cut to 15 bytes, the kernel's limit.
    ///   - body: runs to its end on the new thread.
    package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let box = unsafe Unmanaged.passRetained(Body(name: name, run: body))
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        unsafe pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let failure = unsafe pthread_create(
            &thread,
            &attributes,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                body.nameThread()
                body.run()
                return nil
            },
            box.toOpaque()
        )
        unsafe pthread_attr_destroy(&attributes)
        precondition(failure == 0, "a thread can be started: \(Errno(rawValue: failure))")
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

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }

        func nameThread() {
            unsafe clinux_name_thread(String(name.utf8.prefix(15)) ?? "tacit")
        }
    }
}
