// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Owns anonymous memory for what is derived from secrets: locked, out of core dumps, wiped on release.
///
/// For derived data too large for the secure heap (see `Cryptography.SecureHeap`). A forked child sees
/// zeros. Where the memory-lock limit is reached the region works all the same, unlocked. A few small ones are
/// kept, wiped, for who asks next: each output of a step and each request to the launcher takes one.
///
/// Thread rule: one owner writes; others may read bytes that were written before they got the region
/// and that are not written again.
@safe package final class LockedRegion: @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    /// Its size; a whole number of pages.
    package let byteCount: Int
    /// Whether it is kept from swap; false where RLIMIT_MEMLOCK did not allow it.
    package let isLocked: Bool

    private static let idle = IdleRegions()

    /// Maps zeroed memory; mmap(2), mlock(2), madvise(2).
    ///
    /// - Parameter minimumByteCount: rounded up to whole pages.
    /// - Throws: the kernel's refusal to map that much; a refusal to lock it is no error.
    package init(minimumByteCount: Int) throws(SystemError) {
        let page = sysconf(CInt(_SC_PAGESIZE))
        let count = (max(minimumByteCount, 1) + page - 1) / page * page
        if let kept = unsafe Self.idle.take(byteCount: count) {
            unsafe base = kept
            byteCount = count
            isLocked = true
            return
        }
        guard
            let mapped = unsafe mmap(
                nil,
                count,
                PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS,
                -1,
                0
            ),
            unsafe mapped != MAP_FAILED
        else { throw SystemError("mmap", on: "\(count) bytes for secrets", .current) }
        unsafe base = mapped
        byteCount = count
        unsafe isLocked = mlock(mapped, count) == 0
        // Refused only by kernels without these advices: the region is then no worse than the heap.
        unsafe madvise(mapped, count, MADV_DONTDUMP)
        unsafe madvise(mapped, count, MADV_WIPEONFORK)
    }

    deinit {
        unsafe explicit_bzero(base, byteCount)
        if isLocked, unsafe Self.idle.keep(base, byteCount: byteCount) { return }
        unsafe munmap(base, byteCount)
    }

    /// Lends a part of it for reading.
    package func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ range: Range<Int>,
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= byteCount,
            "a part of a locked region lies within it"
        )
        let start = unsafe base.advanced(by: range.lowerBound).assumingMemoryBound(to: UInt8.self)
        return try body(unsafe Span(_unsafeStart: start, count: range.count))
    }

    /// Writes one byte.
    package func store(_ byte: UInt8, at offset: Int) {
        precondition(
            offset >= 0 && offset < byteCount,
            "a locked region is written within its bounds"
        )
        unsafe base.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    }

    /// Writes a word at any offset.
    package func store(_ word: UInt32, at offset: Int) {
        precondition(
            offset >= 0 && offset <= byteCount - 4,
            "a locked region is written within its bounds"
        )
        unsafe base.storeBytes(of: word, toByteOffset: offset, as: UInt32.self)
    }

    /// Copies bytes in; they may come from this region.
    package func store(_ bytes: Span<UInt8>, at offset: Int) {
        precondition(
            offset >= 0 && bytes.count <= byteCount - offset,
            "a locked region is written within its bounds"
        )
        unsafe bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            unsafe memmove(base.advanced(by: offset), start, source.count)
        }
    }

    /// Overwrites a part of it with zeros.
    package func wipe(_ range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= byteCount,
            "a part of a locked region lies within it"
        )
        unsafe explicit_bzero(base.advanced(by: range.lowerBound), range.count)
    }
}
