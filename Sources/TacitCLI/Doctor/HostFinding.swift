// SPDX-License-Identifier: Apache-2.0

/// One thing that was looked at on a host.
struct HostFinding: Sendable, Hashable {
    enum State: String, Sendable {
        case ok
        /// Steps cannot run without it.
        case missing
        /// Worth knowing; runs work.
        case note
    }

    let state: State
    let message: String
    /// The command, or the setting, that mends it.
    let remedy: String?

    init(_ state: State, _ message: String, remedy: String? = nil) {
        self.state = state
        self.message = message
        self.remedy = remedy
    }
}
