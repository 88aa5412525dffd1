// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension Signal {
    /// Keeps these signals from interrupting the calling thread and every thread that it starts from now
    /// on; pthread_sigmask(3).
    ///
    /// They stay pending until `wait(for:)` takes them.
    package static func block(_ signals: [Signal]) {
        var set = set(of: signals)
        let failure = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        precondition(failure == 0, "signals can be blocked: \(Errno(rawValue: failure))")
    }

    /// Waits until one of these signals, blocked in every thread, arrives; sigwait(3).
    ///
    /// Blocks: call it on a thread of your own.
    package static func wait(for signals: [Signal]) -> Signal {
        var set = set(of: signals)
        var number: CInt = 0
        while unsafe sigwait(&set, &number) != 0 {}
        return Signal(rawValue: number)
    }

    /// Lets a write to a closed pipe fail with EPIPE instead of ending the process; signal(7), SIGPIPE.
    package static func ignoreBrokenPipe() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    private static func set(of signals: [Signal]) -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal.rawValue) }
        return set
    }
}
