// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// Keeps a terminal from showing what is typed, until it is restored or released; termios(3).
package final class HiddenInput: Sendable {
    private let descriptor: CInt
    /// How the terminal was; `nil` when there is nothing to restore.
    private let former: Mutex<termios?>

    /// Hides what is typed on a terminal; does nothing on anything else.
    package init(on descriptor: CInt) {
        self.descriptor = descriptor
        var state = termios()
        guard unsafe tcgetattr(descriptor, &state) == 0 else {
            former = Mutex(nil)
            return
        }
        former = Mutex(state)
        // The line feed that ends the line is still shown, so that what follows starts a line.
        state.c_lflag &= ~tcflag_t(ECHO)
        state.c_lflag |= tcflag_t(ECHONL)
        unsafe _ = tcsetattr(descriptor, TCSADRAIN, &state)
    }

    deinit { restore() }

    /// Shows again what is typed; more calls do nothing.
    package func restore() {
        former.withLock { former in
            guard var state = former else { return }
            former = nil
            unsafe _ = tcsetattr(descriptor, TCSADRAIN, &state)
        }
    }
}
