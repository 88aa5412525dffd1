// SPDX-License-Identifier: Apache-2.0
internal import CLinux

extension FileDescriptor {
    /// Sends a signal to the process that this pidfd refers to; whether it still existed.
    @discardableResult
    package borrowing func signalProcess(_ signal: Int32) -> Bool {
        clinux_signal_process(number, signal) == 0
    }
}
