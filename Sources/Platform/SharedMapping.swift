// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import Synchronization

/// Owns a shared mapping of a file's first bytes, in which the file is changed without a call of the kernel.
///
/// What is stored outlives the process, however it ends, as what write(2) has taken does. The file must not be
/// cut shorter meanwhile. One thread at a time stores; that is why it is Sendable.
@safe package final class SharedMapping: @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    private let byteCount: Int

    /// Maps a file that is open for reading and writing and has so many bytes; mmap(2).
    ///
    /// - Throws: the kernel's refusal, and ENOSYS for a filesystem that may need new room for what has its
    ///   place already, as those do that never write in place: a store that finds none is a SIGBUS.
    package init(_ file: borrowing FileDescriptor, byteCount: Int) throws(SystemError) {
        precondition(byteCount > 0, "nothing cannot be mapped")
        let isInPlace = clinux_writes_in_place(file.number)
        if isInPlace < 0 {
            throw SystemError("fstatfs", on: "descriptor \(file.number)", .current)
        }
        if isInPlace == 0 {
            throw SystemError("mmap", on: "descriptor \(file.number)", .notImplemented)
        }
        guard
            let mapped = unsafe mmap(
                nil,
                byteCount,
                PROT_READ | PROT_WRITE,
                MAP_SHARED,
                file.number,
                0
            ),
            unsafe mapped != MAP_FAILED
        else { throw SystemError("mmap", on: "descriptor \(file.number)", .current) }
        unsafe base = mapped
        self.byteCount = byteCount
    }

    deinit { unsafe munmap(base, byteCount) }

    /// Replaces the bytes from `offset` on so that the first of them is never there with only some of the others:
    /// it is `placeholder` meanwhile.
    package func replace(_ bytes: Span<UInt8>, at offset: Int, placeholder: UInt8) {
        precondition(
            offset >= 0 && bytes.count > 0 && bytes.count <= byteCount - offset,
            "a mapping is written within its bounds"
        )
        unsafe bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            let target = unsafe base.advanced(by: offset)
            unsafe target.storeBytes(of: placeholder, as: UInt8.self)
            // Not later than what comes before, in the order of the program, which is all that a death cuts.
            atomicMemoryFence(ordering: .acquiringAndReleasing)
            unsafe memcpy(target.advanced(by: 1), start.advanced(by: 1), source.count - 1)
            atomicMemoryFence(ordering: .acquiringAndReleasing)
            unsafe target.storeBytes(of: source[0], as: UInt8.self)
        }
    }
}
