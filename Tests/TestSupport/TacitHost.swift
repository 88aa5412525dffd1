// SPDX-License-Identifier: Apache-2.0

/// A host for one test to run `tacit` on: its state, cache, configuration and home are folders of the test's
/// own.
package final class TacitHost: Sendable {
    /// Holds them all, and whatever else the test writes.
    package let directory: TemporaryDirectory

    package init() throws {
        directory = try TemporaryDirectory()
        try directory.write("", to: "home/.keep")
    }

    /// Where Tacit keeps runs and the embedded store.
    package var state: String { directory.path("state") }

    /// The variables that `tacit` is started with, and no others.
    package var environment: [String: String] {
        [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": directory.path("home"),
            "TACIT_STATE_DIR": state,
            "TACIT_CACHE_DIR": directory.path("cache"),
            "XDG_CONFIG_HOME": directory.path("config"),
        ]
    }

    /// The command `tacit` with these arguments, in the test's current directory.
    package func tacit(_ arguments: [String], input: String? = nil) -> Command {
        Command([Checkout.tacit] + arguments, environment: environment, input: input)
    }

    /// Runs `tacit` to its end; blocks the calling thread.
    ///
    /// - Parameters:
    ///   - arguments: what it is given.
    ///   - input: what it reads on standard input; `nil` is /dev/null.
    /// - Returns: what it printed, and how it ended; killed after a minute.
    /// - Throws: when it cannot be started.
    package func run(_ arguments: String..., input: String? = nil) throws -> CommandOutcome {
        try tacit(arguments, input: input).run()
    }

    /// The files below the test's folders, and the processes, that hold a value in clear.
    package func files(holding value: String) throws -> [String] {
        let list = try directory.write(value, to: "needle")
        let found = try Command(["grep", "-rlaF", "-f", list, directory.path]).run().output
        let files = found.split(separator: "\n").map(String.init).filter { $0 != list }
        return files + (try ProcessTraces.holding([value]))
    }
}
