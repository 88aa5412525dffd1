// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// Hands every key of a terminal on as it is typed, Ctrl-C too, until it is restored or released; termios(3).
package final class RawTerminal: Sendable {
    private let descriptor: CInt
    /// How the terminal was; `nil` when there is nothing to restore.
    private let former: Mutex<termios?>

    /// Changes a terminal, which must stay open as long as this object lives; nothing on anything else.
    package init(_ terminal: borrowing FileDescriptor) {
        descriptor = terminal.number
        var state = termios()
        guard unsafe tcgetattr(descriptor, &state) == 0 else {
            former = Mutex(nil)
            return
        }
        former = Mutex(state)
        unsafe cfmakeraw(&state)
        unsafe _ = tcsetattr(descriptor, TCSADRAIN, &state)
    }

    deinit { restore() }

    /// Makes the terminal what it was; more calls do nothing.
    package func restore() {
        former.withLock { former in
            guard var state = former else { return }
            former = nil
            unsafe _ = tcsetattr(descriptor, TCSADRAIN, &state)
        }
    }
}
