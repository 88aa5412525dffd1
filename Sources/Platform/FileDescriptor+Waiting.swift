// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

extension FileDescriptor {
    /// Waits until a read would not block; poll(2).
    ///
    /// Blocks: call it on a thread of your own. Returns whether it is so before `milliseconds` have passed; the end of a pipe counts as readable.
    package borrowing func waitUntilReadable(milliseconds: CInt) throws(SystemError) -> Bool {
        var question = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        let count = unsafe poll(&question, 1, milliseconds)
        if count >= 0 { return count > 0 }
        let code = Errno.current
        if code == .interrupted { return false }
        throw SystemError("poll", on: "descriptor \(number)", code)
    }

    /// Waits until a read of this descriptor or of `other` would not block; poll(2).
    ///
    /// Blocks: call it on a thread of your own.
    ///
    /// - Returns: which of them are so; neither when `milliseconds` have passed (-1: never) or a signal came.
    package borrowing func waitUntilReadable(
        or other: borrowing FileDescriptor,
        milliseconds: CInt
    ) throws(SystemError) -> (this: Bool, other: Bool) {
        var questions = (
            pollfd(fd: number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other.number, events: Int16(POLLIN), revents: 0)
        )
        let count = unsafe withUnsafeMutableBytes(of: &questions) { bytes in
            unsafe poll(bytes.assumingMemoryBound(to: pollfd.self).baseAddress, 2, milliseconds)
        }
        if count >= 0 { return (questions.0.revents != 0, questions.1.revents != 0) }
        let code = Errno.current
        if code == .interrupted { return (false, false) }
        throw SystemError("poll", on: "descriptor \(number)", code)
    }

    /// Asks the kernel for a larger pipe buffer; what it grants is a matter of its limits.
    package borrowing func enlargePipe(byteCount: CInt) {
        clinux_enlarge_pipe(number, byteCount)
    }
}
