// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Where Tacit keeps what outlives a command, by the XDG base directory specification.
///
/// Nothing is created here; a directory is made, 0700, when something is first written to it.
package struct StateDirectory: Sendable, Hashable {
    /// Runs, the embedded store, what is trusted: TACIT_STATE_DIR, else `$XDG_STATE_HOME/tacit`, else
    /// `/var/lib/tacit` (root) or `~/.local/state/tacit`.
    package let state: String
    /// What can be fetched again: TACIT_CACHE_DIR, else `$XDG_CACHE_HOME/tacit`, else `/var/cache/tacit`
    /// (root) or `~/.cache/tacit`.
    package let cache: String
    /// The user's own configuration: `$XDG_CONFIG_HOME/tacit`, else `~/.config/tacit`; `nil` when there is
    /// no home to look in.
    package let configuration: String?

    /// Finds the directories for a user with these variables.
    ///
    /// As the specification wants it, a relative path in a variable counts as none. Throws when neither a
    /// variable nor HOME says where to go.
    package init(
        environment: [String: String],
        userID: UInt32
    ) throws(CommandFailure) {
        let isRoot = userID == 0
        let home = Self.absolute(environment["HOME"])
        func place(
            _ own: String,
            _ xdg: String,
            root: String,
            user: String
        ) throws(CommandFailure) -> String {
            if let path = Self.absolute(environment[own]) { return path }
            if let path = Self.absolute(environment[xdg]) { return path + "/tacit" }
            if isRoot { return root }
            if let home { return home + user }
            throw CommandFailure(.hostLacking, "neither HOME nor \(xdg) is set", hint: "set \(own)")
        }
        state = try place(
            "TACIT_STATE_DIR",
            "XDG_STATE_HOME",
            root: "/var/lib/tacit",
            user: "/.local/state/tacit"
        )
        cache = try place(
            "TACIT_CACHE_DIR",
            "XDG_CACHE_HOME",
            root: "/var/cache/tacit",
            user: "/.cache/tacit"
        )
        configuration =
            Self.absolute(environment["XDG_CONFIG_HOME"]).map { $0 + "/tacit" }
            ?? home.map { $0 + "/.config/tacit" }
    }

    /// The directories of this process.
    package init(environment: [String: String]) throws(CommandFailure) {
        try self.init(environment: environment, userID: CurrentProcess.userID)
    }

    /// What no step may see: every directory of Tacit's own, also where variables say otherwise today, and
    /// those in which container engines keep others' secrets.
    package var hidden: [String] {
        let own = [state, cache, "/etc/tacit"] + (configuration.map { [$0] } ?? [])
        let others = [
            "/var/lib/tacit", "/var/cache/tacit", "/var/lib/docker",
            "/var/lib/containerd", "/var/lib/containers", "/var/lib/kubelet", "/etc/kubernetes",
        ]
        return own + others.filter { !own.contains($0) && FileStatus.isDirectory($0) }
    }

    private static func absolute(_ path: String?) -> String? {
        guard var path, path.hasPrefix("/") else { return nil }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
