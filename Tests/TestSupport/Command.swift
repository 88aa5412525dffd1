// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// A program to run, and what it is given.
package struct Command: Sendable {
    /// The program, by path or by a name that PATH finds, and its arguments.
    package var arguments: [String]
    /// Its whole environment; `nil` hands the test's own on.
    package var environment: [String: String]?
    /// What it reads on standard input; `nil` is /dev/null.
    package var input: String?

    package init(
        _ arguments: [String],
        environment: [String: String]? = nil,
        input: String? = nil
    ) {
        self.arguments = arguments
        self.environment = environment
        self.input = input
    }

    /// Starts it, as the leader of a process group of its own.
    package func start() throws -> RunningCommand {
        let directory = try TemporaryDirectory()
        let output = try FileDescriptor.open(directory.path("stdout"), [.writeOnly, .create])
        let error = try FileDescriptor.open(directory.path("stderr"), [.writeOnly, .create])
        try directory.write(input ?? "", to: "stdin")
        let stdin = try FileDescriptor.open(input == nil ? "/dev/null" : directory.path("stdin"))
        let child = try ChildProcess(
            arguments,
            environment: environment.map { $0.map { "\($0.key)=\($0.value)" } },
            input: stdin.number,
            output: output.number,
            error: error.number,
            leadsGroup: true
        )
        return RunningCommand(child: child, directory: directory)
    }

    /// Runs it to its end; blocks the calling thread.
    ///
    /// - Parameter limit: after so long it is killed, and the outcome says so.
    /// - Returns: what it printed, and how it ended.
    /// - Throws: `SystemError` when it cannot be started.
    package func run(limit: Duration = .seconds(60)) throws -> CommandOutcome {
        try start().finish(limit: limit)
    }
}
