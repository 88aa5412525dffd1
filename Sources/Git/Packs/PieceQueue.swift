// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Pieces of a pack on their way from the thread that receives them to the one that reads them.
@safe final class PieceQueue: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var pieces: [[UInt8]] = []
    private var isComplete = false
    private var isClosed = false

    /// Pieces have at most 64 KiB.
    private static let limit = 64

    init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe changed = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe pthread_cond_destroy(changed)
        unsafe mutex.deallocate()
        unsafe changed.deallocate()
    }

    private func locked<Answer>(_ body: () -> Answer) -> Answer {
        unsafe pthread_mutex_lock(mutex)
        defer {
            unsafe pthread_cond_broadcast(changed)
            unsafe pthread_mutex_unlock(mutex)
        }
        return body()
    }

    /// Adds a piece; waits while too many are there.
    ///
    /// - Returns: whether anybody still takes pieces.
    func give(_ piece: [UInt8]) -> Bool {
        locked {
            while pieces.count >= Self.limit, !isClosed { unsafe pthread_cond_wait(changed, mutex) }
            if isClosed { return false }
            pieces.append(piece)
            return true
        }
    }

    /// Says that no more pieces come.
    func complete() { locked { isComplete = true } }

    /// Takes all pieces that are there, waiting for one; `nil` at the end.
    func take() -> [[UInt8]]? {
        locked {
            while pieces.isEmpty, !isComplete, !isClosed {
                unsafe pthread_cond_wait(changed, mutex)
            }
            if isClosed || pieces.isEmpty { return nil }
            defer { pieces = [] }
            return pieces
        }
    }

    /// Says that no more pieces are taken.
    func close() {
        locked {
            isClosed = true
            pieces = []
        }
    }

    /// Waits until no more pieces are taken.
    func waitUntilClosed() {
        locked { while !isClosed { unsafe pthread_cond_wait(changed, mutex) } }
    }
}
