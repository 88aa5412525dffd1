// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// What the kernel tells of a process that runs.
package enum RunningProcess {
    /// The process that a thread belongs to; the thread's own id when it is gone.
    package static func identifier(ofThread thread: Int32) -> Int32 {
        thread > 0 ? clinux_process_of_thread(thread) : thread
    }

    /// Where /proc/PID/exe points; the command name and `(unreadable)` where the kernel does not tell.
    ///
    /// Bytes that are not UTF-8 become U+FFFD. Paths are cut at 4,095 bytes, the kernel's limit. Source:
    /// proc(5).
    package static func executable(of process: Int32) -> String {
        // Most paths fit into what the stack can lend; one that just fits may have been cut off.
        for capacity in [512, 4096] {
            let path = unsafe text(capacity: capacity, clinux_executable, of: process)
            guard let path else { break }
            if path.utf8.count < capacity || capacity == 4096 { return path }
        }
        guard let name = unsafe text(capacity: 64, clinux_command_name, of: process) else {
            return "(unreadable)"
        }
        return name + " (unreadable)"
    }

    private typealias Source = (CInt, UnsafeMutablePointer<CChar>?, UInt) -> Int

    private static func text(capacity: Int, _ read: Source, of process: Int32) -> String? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            let count = unsafe read(process, buffer.baseAddress, UInt(capacity))
            if count <= 0 { return nil }
            let bytes = unsafe UnsafeRawBufferPointer(
                rebasing: UnsafeRawBufferPointer(buffer)[..<count]
            )
            return unsafe String(decoding: bytes, as: UTF8.self)
        }
    }
}
