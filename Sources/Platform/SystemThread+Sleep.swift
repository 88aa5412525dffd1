// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension SystemThread {
    /// Lets the calling thread sleep for under a second; nanosleep(2).
    ///
    /// A signal may end it early.
    package static func sleep(nanoseconds: Int) {
        precondition((0..<1_000_000_000).contains(nanoseconds), "a short sleep is under a second")
        var time = timespec(tv_sec: 0, tv_nsec: nanoseconds)
        unsafe _ = nanosleep(&time, nil)
    }
}
