// SPDX-License-Identifier: Apache-2.0
internal import CCurl
internal import Platform
internal import Synchronization

/// Runs transfers on one thread of its own, a bounded number at a time.
@safe final class TransferEngine: Sendable {
    /// What others hand to the thread.
    private struct Inbox {
        var waiting: [Transfer] = []
        var isClosed = false
        var hasThread = false
        /// Wakes the thread out of its wait; set while there is something to wake.
        var waker: TransferLoop.Waker?
    }

    private let inbox = Mutex(Inbox())
    private let transferLimit: Int

    init(transferLimit: Int) {
        precondition(transferLimit > 0, "at least one transfer can be under way")
        self.transferLimit = transferLimit
    }

    /// Sends a request once.
    func send(
        _ request: HTTPRequest,
        within limit: Duration
    ) async throws(HTTPError) -> HTTPResponse {
        let transfer = Transfer(request, end: ContinuousClock.now + limit)
        let result: Result<HTTPResponse, HTTPError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.whenDone { continuation.resume(returning: $0) }
                submit(transfer)
            }
        } onCancel: {
            transfer.cancel()
            inbox.withLock { $0.waker?.wake() }
        }
        return try result.get()
    }

    /// Ends the thread; what is under way fails.
    func close() {
        inbox.withLock { inbox in
            inbox.isClosed = true
            inbox.waker?.wake()
        }
    }

    private func submit(_ transfer: Transfer) {
        switch CurlLibrary.shared {
        case .failure(let missing): transfer.fail(.libraryMissing, missing.message)
        case .success(let library):
            let startsThread = inbox.withLock { inbox in
                precondition(!inbox.isClosed, "a client is not used after its end")
                // What waits already has woken it.
                if inbox.waiting.isEmpty { inbox.waker?.wake() }
                inbox.waiting.append(transfer)
                defer { inbox.hasThread = true }
                return !inbox.hasThread
            }
            if startsThread { SystemThread.start("http") { self.run(library) } }
        }
    }

    /// The thread's work, until the client is gone.
    private func run(_ library: CurlLibrary) {
        CurlLibrary.makeRoom()
        var loop = TransferLoop(library, transferLimit: transferLimit)
        let waker = loop.waker
        inbox.withLock { $0.waker = waker }
        while true {
            let (arrived, isClosed) = inbox.withLock { inbox in
                defer { inbox.waiting = [] }
                // From here on nobody wakes a thread that is about to end.
                if inbox.isClosed { inbox.waker = nil }
                return (inbox.waiting, inbox.isClosed)
            }
            loop.add(arrived)
            if isClosed { return loop.failAll() }
            loop.step()
        }
    }
}
