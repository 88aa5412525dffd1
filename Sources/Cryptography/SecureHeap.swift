// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import Glibc
internal import Platform
internal import Synchronization

/// The one arena of locked memory that all `LockedBytes` of the process share.
package enum SecureHeap {
    /// What came of setting it up.
    package enum Outcome: Sendable {
        case locked
        /// It works, but the memory-lock limit was too small: pages may be swapped.
        case unlocked
        case unavailable
    }

    /// Half of the 8 MiB that an ordinary user may lock on Debian 12; the needles get the other half.
    package static let defaultByteCount = 4 << 20

    private static let smallestLocked = 1 << 20
    private static let opened = Mutex<Outcome?>(nil)

    /// Sets the arena up, before the first `LockedBytes` and after any fork that must not have it.
    ///
    /// The arena is left out of core dumps and of every later fork(2): a child finds a hole there.
    /// When `byteCount` is more than the process may lock (RLIMIT_MEMLOCK), a smaller arena of at
    /// least 1 MiB is taken if that can be locked; otherwise `byteCount`, unlocked. A second call
    /// returns the first one's outcome. Without a call, `LockedBytes` lie in ordinary memory. `byteCount`
    /// is a power of two.
    package static func open(byteCount: Int = defaultByteCount) -> Outcome {
        precondition(byteCount.nonzeroBitCount == 1, "the secure heap's size is a power of two")
        return opened.withLock { opened in
            if let opened { return opened }
            let outcome = openLargest(byteCount)
            if outcome != .unavailable { keepOutOfForks() }
            opened = outcome
            return outcome
        }
    }

    /// Has libcrypto wipe all that it frees outside of the arena, too: it makes copies of keys and archives there.
    ///
    /// Before anything else is asked of libcrypto in this process, and once.
    package static func wipeFreedMemory() {
        precondition(copenssl_wipe_freed() == 1, "libcrypto has allocated nothing yet")
    }

    /// How many bytes of it are taken, the buddies' rounding included.
    package static var usedByteCount: Int { CRYPTO_secure_used() }

    /// What to tell the user, once, when values cannot be locked; `nil` when all is well.
    package static func shortfall(after outcome: Outcome) -> String? {
        switch outcome {
        case .locked: return nil
        case .unlocked:
            let limit = CurrentProcess.lockedMemoryLimit().map { "only \($0 / 1024) KiB" }
            return "secret values may be swapped to disk: this process may lock "
                + "\(limit ?? "no pages") of memory; raise `ulimit -l` to "
                + "\(defaultByteCount / 1024) or more"
        case .unavailable:
            return "secret values lie in ordinary memory: libcrypto has no secure heap here"
        }
    }

    private static func openLargest(_ byteCount: Int) -> Outcome {
        var size = byteCount
        while size >= min(smallestLocked, byteCount) {
            let outcome = initialize(size)
            if outcome != .unlocked { return outcome }
            if CRYPTO_secure_malloc_done() != 1 { return .unlocked }
            size /= 2
        }
        return initialize(byteCount)
    }

    private static func initialize(_ byteCount: Int) -> Outcome {
        switch CRYPTO_secure_malloc_init(byteCount, 32) {
        case 1: .locked
        case 2: .unlocked
        default: .unavailable
        }
    }

    /// Asks the kernel to leave the arena out of children; madvise(2), MADV_DONTFORK.
    ///
    /// libcrypto does not say where the arena lies, but it says of any address whether it is inside.
    private static func keepOutOfForks() {
        guard let block = unsafe CRYPTO_secure_malloc(1, #fileID, #line) else { return }
        defer { unsafe CRYPTO_secure_free(block, #fileID, #line) }
        let page = sysconf(CInt(_SC_PAGESIZE))
        let address = UInt(bitPattern: block)
        var start = unsafe block.advanced(by: -Int(address % UInt(page)))
        while unsafe CRYPTO_secure_allocated(start.advanced(by: -page)) == 1 {
            unsafe start = start.advanced(by: -page)
        }
        var byteCount = page
        while unsafe CRYPTO_secure_allocated(start.advanced(by: byteCount)) == 1 {
            byteCount += page
        }
        unsafe madvise(start, byteCount, CInt(MADV_DONTFORK))
    }
}
