// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunEngine

/// Where the steps of a command's runs write: the log directory, and the terminal.
struct RunStreams: RunOutput {
    var terminal: Terminal
    /// Step output is the result with `-o text`, and talk with every other format.
    var format: OutputFormat
    var logDirectory: LogDirectory?
    /// Looks at what is shown and not kept.
    var proof: RunProof
    var hasTimestamps: Bool
    /// Whether a CI service reads the output, and acts on commands in it.
    var isInCI = false
    var clock: WallClock

    func sinks(taskRun: String, step: String) throws -> [any OutputSink] {
        let toResult = format == .text
        let clock = clock
        let terminal = terminal
        let now: @Sendable () -> String = { clock.now().microseconds }
        let timestamp = hasTimestamps ? now : nil
        let isWatched = toResult ? terminal.outputIsTerminal : terminal.errorIsTerminal
        let guardian =
            isWatched || isInCI ? TerminalGuard(guardsCommands: isInCI) : nil
        let shown = StepTerminalSink(label: step, timestamp: timestamp, guardian: guardian) {
            bytes in
            // A reader that went away (`| head`) must not fail the run.
            do {
                try toResult ? terminal.write(bytes) : terminal.writeError(bytes)
            } catch let error as SystemError where error.code == .brokenPipe {}
        }
        guard let logDirectory else {
            return [shown, proof.sink(for: "output of \(taskRun)/\(step)")]
        }
        return [try logDirectory.sink(taskRun: taskRun, step: step), shown]
    }

    func keepAside(taskRun: String, attempt: Int) throws {
        try logDirectory?.keepAside(taskRun: taskRun, attempt: attempt)
    }
}
