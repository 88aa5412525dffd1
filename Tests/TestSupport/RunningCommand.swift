// SPDX-License-Identifier: Apache-2.0
package import Platform

/// A command that was started and must be finished.
package struct RunningCommand: ~Copyable {
    private let child: ChildProcess
    private let directory: TemporaryDirectory

    init(child: consuming ChildProcess, directory: TemporaryDirectory) {
        self.child = child
        self.directory = directory
    }

    /// Its process id.
    package var identifier: Int32 { child.identifier }

    /// What it has printed so far on standard output.
    package var output: String { (try? directory.read("stdout")) ?? "" }

    /// What it has printed so far on standard error.
    package var error: String { (try? directory.read("stderr")) ?? "" }

    /// Sends it a signal.
    package borrowing func send(_ signal: Signal) { child.send(signal) }

    /// Waits for its end; blocks the calling thread.
    ///
    /// - Parameter limit: after so long it is killed, and the outcome says so.
    /// - Returns: what it printed, and how it ended.
    package consuming func finish(limit: Duration = .seconds(60)) -> CommandOutcome {
        let directory = directory
        let end = child.wait(limit: limit)
        return CommandOutcome(
            output: (try? directory.read("stdout")) ?? "",
            error: (try? directory.read("stderr")) ?? "",
            end: end
        )
    }
}
