// SPDX-License-Identifier: Apache-2.0
package import Platform
internal import Synchronization

/// The user's terminal, for shells at breakpoints.
package final class DebugTerminal: Sendable {
    let descriptor: SharedDescriptor
    /// What TERM says of it.
    let type: String
    private let isTaken = Atomic(false)

    package init(descriptor: SharedDescriptor, type: String) {
        self.descriptor = descriptor
        self.type = type
    }

    /// Takes it for one shell; `false` while another one has it, for tasks run side by side.
    func take() -> Bool {
        isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    }

    /// Gives it back.
    func release() { isTaken.store(false, ordering: .releasing) }

    /// Writes lines of our own.
    func say(_ text: String) {
        try? descriptor.descriptor.write(text.replacing("\n", with: "\r\n"))
    }
}
