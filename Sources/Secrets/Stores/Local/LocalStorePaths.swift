// SPDX-License-Identifier: Apache-2.0

/// Where the embedded store's files lie.
package struct LocalStorePaths: Sendable, Hashable {
    /// The encrypted store.
    package var store: String
    /// Its key, unless a passphrase is used.
    package var key: String

    package init(store: String, key: String) {
        self.store = store
        self.key = key
    }

    /// The default: `store/secrets.tacit` and `store/key` below the state directory.
    ///
    /// - Parameter stateDirectory: `$XDG_STATE_HOME/tacit`, or `/var/lib/tacit` for root.
    package init(stateDirectory: String) {
        self.init(
            store: "\(stateDirectory)/store/secrets.tacit",
            key: "\(stateDirectory)/store/key"
        )
    }

    var lock: String { store + ".lock" }
}
