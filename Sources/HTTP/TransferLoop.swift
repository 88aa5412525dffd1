// SPDX-License-Identifier: Apache-2.0
internal import CCurl

/// The transfers of one thread and the libcurl handle that drives them; confined to that thread.
@safe struct TransferLoop: ~Copyable {
    private let library: CurlLibrary
    private let multi: UnsafeMutableRawPointer
    private let transferLimit: Int
    /// In the order of their arrival.
    private var waiting: [Transfer] = []
    /// By the address of their handle.
    private var running: [UInt: Transfer] = [:]

    /// How often a wait looks for transfers that ran out of time before their turn came, and for what
    /// libcurl has read without saying so (see `step`).
    private static let waitMilliseconds: CInt = 25
    private static let idleMilliseconds: CInt = 60_000

    init(_ library: CurlLibrary, transferLimit: Int) {
        guard let multi = unsafe library.multiInit() else {
            preconditionFailure("libcurl has memory for its table of transfers")
        }
        self.library = library
        unsafe self.multi = multi
        self.transferLimit = transferLimit
    }

    deinit {
        precondition(running.isEmpty, "every transfer is told how it ended")
        unsafe _ = library.multiCleanup(multi)
    }

    /// Ends a wait of `step`; from any thread, as long as the loop lives.
    var waker: Waker { unsafe Waker(library: library, multi: multi) }

    /// Wakes the loop's thread.
    @safe struct Waker: @unchecked Sendable {
        fileprivate let library: CurlLibrary
        // The one function that libcurl allows other threads to call with it.
        fileprivate let multi: UnsafeMutableRawPointer

        @unsafe fileprivate init(library: CurlLibrary, multi: UnsafeMutableRawPointer) {
            self.library = library
            unsafe self.multi = multi
        }

        func wake() { unsafe _ = library.multiWakeup(multi) }
    }

    mutating func add(_ transfers: [Transfer]) { waiting += transfers }

    /// Moves bytes, tells those whose transfer has ended, and waits for more to do.
    ///
    /// Where requests share a connection, a look at one of them may read what belongs to one that was looked at
    /// before, and libcurl 7.88 then forgets to have it looked at again. So it looks until nothing comes of it,
    /// and twice at least.
    mutating func step() {
        failOverdue()
        startWaiting()
        var looks = 0
        var hasFinished = true
        while !running.isEmpty, hasFinished || looks < 2 {
            var count: CInt = 0
            check(unsafe library.multiPerform(multi, &count), "curl_multi_perform")
            hasFinished = finishDone()
            looks += 1
        }
        if !waiting.isEmpty && running.count < transferLimit { return }
        let isIdle = running.isEmpty && waiting.isEmpty
        let limit = isIdle ? Self.idleMilliseconds : Self.waitMilliseconds
        check(unsafe library.multiPoll(multi, nil, 0, limit, nil), "curl_multi_poll")
    }

    /// Ends everything at once.
    mutating func failAll() {
        for transfer in running.values { end(transfer) { $0.fail(.cancelled, "cancelled") } }
        running = [:]
        for transfer in waiting { transfer.fail(.cancelled, "cancelled") }
        waiting = []
    }

    /// Connects with the first one; the others are made ready while the connection comes about, and wait for it
    /// where it can carry them, too.
    private mutating func startWaiting() {
        let isFirst = running.isEmpty && waiting.count > 1
        startWaiting(upTo: isFirst ? 1 : transferLimit)
        if isFirst {
            var count: CInt = 0
            check(unsafe library.multiPerform(multi, &count), "curl_multi_perform")
            startWaiting(upTo: transferLimit)
        }
    }

    private mutating func startWaiting(upTo limit: Int) {
        while !waiting.isEmpty, running.count < limit {
            let transfer = waiting.removeFirst()
            do throws(HTTPError) {
                let handle = unsafe try transfer.open(library)
                running[UInt(bitPattern: handle)] = transfer
                check(unsafe library.multiAdd(multi, handle), "curl_multi_add_handle")
            } catch {
                transfer.fail(error.code, error.message)
            }
        }
    }

    /// Whether there were any.
    private mutating func finishDone() -> Bool {
        var left: CInt = 0
        let before = running.count
        while let message = unsafe library.multiRead(multi, &left) {
            let handle = unsafe UInt(bitPattern: message.pointee.easy_handle)
            guard unsafe message.pointee.msg == CURLMSG_DONE,
                let transfer = running.removeValue(forKey: handle)
            else { continue }
            let code = unsafe message.pointee.data.result
            end(transfer) { [library] in $0.finish(code, library) }
        }
        return running.count < before
    }

    /// Ends those that were cancelled, and those whose time was over before their turn came.
    private mutating func failOverdue() {
        for (handle, transfer) in running where transfer.isCancelled {
            running[handle] = nil
            end(transfer) { $0.fail(.cancelled, "cancelled") }
        }
        if waiting.isEmpty { return }
        let now = ContinuousClock.now
        waiting.removeAll { transfer in
            if transfer.isCancelled {
                transfer.fail(.cancelled, "cancelled")
            } else if transfer.end <= now {
                transfer.fail(.timedOut, "no connection was free in time")
            } else {
                return false
            }
            return true
        }
    }

    /// Takes a transfer's handle out, says how it ended, and releases the handle.
    private func end(_ transfer: Transfer, _ report: (Transfer) -> Void) {
        let code = unsafe library.multiRemove(multi, transfer.handle)
        check(code, "curl_multi_remove_handle")
        report(transfer)
        transfer.close(library)
    }

    private func check(_ code: CURLMcode, _ call: String) {
        precondition(code == CURLM_OK, "\(call) is used as it is meant to be: \(code.rawValue)")
    }
}
