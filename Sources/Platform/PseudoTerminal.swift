// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// A terminal made of two ends: what is written to the one, a program at the other reads as typed.
package struct PseudoTerminal: Sendable {
    package let master: SharedDescriptor
    package let slave: SharedDescriptor

    /// Makes one of the size of another terminal.
    ///
    /// - Throws: `SystemError` when the host has no more of them.
    package init(like terminal: borrowing FileDescriptor) throws(SystemError) {
        var slave: CInt = -1
        let master = unsafe clinux_pseudoterminal(&slave, terminal.number)
        guard master >= 0 else { throw SystemError("open", on: "/dev/ptmx", .current) }
        self.master = SharedDescriptor(FileDescriptor(owning: master))
        self.slave = SharedDescriptor(FileDescriptor(owning: slave))
    }
}
