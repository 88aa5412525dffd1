// SPDX-License-Identifier: Apache-2.0

/// How a process ended, and what it used; wait4(2).
package struct ProcessEnd: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// It called exit(3) with this code.
        case exited(Int32)
        /// This signal ended it.
        case signalled(Signal)
    }

    package var reason: Reason
    /// Whether a limit on its time ended it.
    package var killedAtLimit = false
    /// Time on a processor, its own and that of the children it waited for.
    package var processorTime: Duration
    /// The most memory in core that it, or any one child it waited for, held, in bytes.
    package var peakMemory: Int

    package init(reason: Reason, processorTime: Duration, peakMemory: Int) {
        self.reason = reason
        self.processorTime = processorTime
        self.peakMemory = peakMemory
    }

    /// The code that a shell would show: its own, or 128 and the signal's number.
    package var exitCode: Int32 {
        switch reason {
        case .exited(let code): code
        case .signalled(let signal): 128 + signal.rawValue
        }
    }
}
