// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// A process that this one started and must wait for: another program, in benchmarks and tests.
///
/// Steps are not started so; their worlds are the launcher's work. Released without `wait`, the process
/// is killed, with the group that it leads, and waited for.
package struct ChildProcess: ~Copyable, Sendable {
    /// The process id; it names this process until `wait` returns.
    package let identifier: Int32
    /// A pidfd, readable once the process has ended; closed by hand, since `discard` leaves it open.
    private let end: CInt
    /// What it is killed by: its own id, or that of the group that it leads.
    private let target: Int32

    /// Starts a program; posix_spawn(3).
    ///
    /// It gets no descriptor but its three, and no signal blocked or ignored.
    ///
    /// - Parameters:
    ///   - arguments: the program, by path or by a name that PATH finds, and what it is given; not empty.
    ///   - environment: every `NAME=value`; `nil` hands this process's own on.
    ///   - input: number of the descriptor that becomes its standard input; `nil` is /dev/null.
    ///   - output: number of the descriptor for its standard output; `nil` is /dev/null.
    ///   - error: number of the descriptor for its standard error; `nil` is /dev/null.
    ///   - leadsGroup: whether it leads a process group of its own, out of reach of a terminal's Ctrl-C.
    /// - Throws: `SystemError` when there is no such program, or no room for a process.
    package init(
        _ arguments: [String],
        environment: [String]? = nil,
        input: CInt? = nil,
        output: CInt? = nil,
        error: CInt? = nil,
        leadsGroup: Bool = false
    ) throws(SystemError) {
        var request = SpawnRequest(arguments, environment: environment, leadsGroup: leadsGroup)
        request.connect(0, to: input)
        request.connect(1, to: output)
        request.connect(2, to: error)
        identifier = try request.spawn()
        target = leadsGroup ? -identifier : identifier
        end = clinux_pidfd_open(identifier)
        precondition(end >= 0, "a child that was not waited for has a pidfd: \(Errno.current)")
    }

    deinit {
        kill(target, SIGKILL)
        _ = Self.reap(identifier)
        close(end)
    }

    /// Sends a signal to this process alone.
    package borrowing func send(_ signal: Signal) {
        kill(identifier, signal.rawValue)
    }

    /// Waits until the process ends; blocks the calling thread.
    ///
    /// - Parameter limit: how long; then the process is killed, with the group that it leads. `nil` waits for
    ///   ever.
    /// - Returns: how it ended; `killedAtLimit` tells whether the limit did it.
    package consuming func wait(limit: Duration? = nil) -> ProcessEnd {
        let (child, descriptor, target) = (identifier, end, target)
        discard self
        let isLate = limit.map { !Self.ends(descriptor, within: $0) } ?? false
        close(descriptor)
        if isLate { kill(target, SIGKILL) }
        var outcome = Self.reap(child)
        outcome.killedAtLimit = isLate
        return outcome
    }

    private static func ends(_ descriptor: CInt, within limit: Duration) -> Bool {
        let deadline = ContinuousClock.now + limit
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            let milliseconds = max(0, Int64(left / .milliseconds(1)))
            var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&question, 1, CInt(clamping: milliseconds)) > 0 { return true }
            if left <= .zero { return false }
        }
    }

    /// Waits for the process and releases its id; wait4(2).
    private static func reap(_ child: Int32) -> ProcessEnd {
        var status: CInt = 0
        var usage = rusage()
        while unsafe wait4(child, &status, 0, &usage) < 0 {
            precondition(Errno.current == .interrupted, "a child is waited for once")
        }
        // The layout of the status word, which the macros of wait(2) read.
        let signal = status & 0x7f
        let spent = [usage.ru_utime, usage.ru_stime].reduce(Duration.zero) {
            $0 + .seconds($1.tv_sec) + .microseconds($1.tv_usec)
        }
        return ProcessEnd(
            reason: signal == 0
                ? .exited(status >> 8 & 0xff) : .signalled(Signal(rawValue: signal)),
            processorTime: spent,
            peakMemory: usage.ru_maxrss * 1024
        )
    }
}
