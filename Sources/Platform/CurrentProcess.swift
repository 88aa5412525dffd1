// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// What the kernel says of this very process.
package enum CurrentProcess {
    /// The effective user; geteuid(2).
    package static var userID: UInt32 { geteuid() }

    /// Whether the descriptor is a terminal; isatty(3).
    package static func isTerminal(_ descriptor: CInt) -> Bool { isatty(descriptor) == 1 }

    /// How many processors it may run on; sched_getaffinity(2).
    package static var processorCount: Int { max(1, Int(clinux_processor_count())) }

    /// The current directory's absolute path; getcwd(3).
    package static func currentDirectory() throws(SystemError) -> String {
        guard let path = unsafe getcwd(nil, 0) else {
            throw SystemError("getcwd", on: ".", .current)
        }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// Ends the process at once, without running exit handlers: threads may still be at work; _exit(2).
    package static func end(code: Int32) -> Never { Glibc._exit(code) }

    /// Keeps this process from leaving a core file; setrlimit(2), RLIMIT_CORE.
    package static func forbidCoreFiles() {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }

    /// How many bytes of memory may be locked; `nil` for no limit; getrlimit(2), RLIMIT_MEMLOCK.
    package static func lockedMemoryLimit() -> UInt64? {
        var limit = rlimit()
        // RLIMIT_MEMLOCK, which Glibc's module lacks.
        unsafe _ = getrlimit(__rlimit_resource_t(8), &limit)
        return limit.rlim_cur == .max ? nil : UInt64(limit.rlim_cur)
    }
}
