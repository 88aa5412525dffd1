// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunEngine

/// Where the steps of a command's runs write: the log directory, and the terminal.
struct RunStreams: RunOutput {
    private let logDirectory: LogDirectory?
    /// Looks at what is shown and not kept.
    private let proof: RunProof
    private let lines: TerminalLines
    /// What keeps output from commanding who reads it; `nil` where nothing acts on it: in a file or a pipe.
    private let guardian: TerminalGuard?

    /// Opens nothing yet.
    ///
    /// Step output is the result with `-o text`, and talk with every other format. With `isInCI` a CI service
    /// reads it, and acts on commands in it.
    init(
        terminal: Terminal,
        format: OutputFormat,
        logDirectory: LogDirectory?,
        proof: RunProof,
        hasTimestamps: Bool,
        isInCI: Bool,
        clock: WallClock
    ) {
        self.logDirectory = logDirectory
        self.proof = proof
        let toResult = format == .text
        let now: @Sendable () -> String = { clock.now().microseconds }
        let isWatched = toResult ? terminal.outputIsTerminal : terminal.errorIsTerminal
        guardian = isWatched || isInCI ? TerminalGuard(guardsCommands: isInCI) : nil
        lines = TerminalLines(timestamp: hasTimestamps ? now : nil) { bytes in
            // A reader that went away (`| head`) must not fail the run.
            do {
                try toResult ? terminal.write(bytes) : terminal.writeError(bytes)
            } catch let error as SystemError where error.code == .brokenPipe {}
        }
    }

    func sinks(
        taskRun: String,
        pipelineTask: String?,
        step: String
    ) throws -> [any OutputSink] {
        let log = try logDirectory?.sink(taskRun: taskRun, step: step)
        let label = pipelineTask.map { "\($0) : \(step)" } ?? step
        let shown = StepTerminalSink(label: label, lines: lines, guardian: guardian)
        return [log ?? proof.sink(for: "output of \(taskRun)/\(step)"), shown]
    }

    func keepAside(taskRun: String, attempt: Int) throws {
        try logDirectory?.keepAside(taskRun: taskRun, attempt: attempt)
    }
}
