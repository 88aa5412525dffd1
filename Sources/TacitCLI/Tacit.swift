// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Sandbox

/// The program: everything between `argv` and the exit code.
package enum Tacit {
    private static let signals: [Signal] = [.interrupt, .terminate]

    /// Runs the command that the process was started with, and ends the process.
    ///
    /// The order matters. The launcher is forked while there is one thread and no secret in memory; signals
    /// are blocked before a second thread exists, so that this one alone takes them.
    package static func main() -> Never {
        Signal.ignoreBrokenPipe()
        let environment = EnvironmentVariables.current
        let terminal = Terminal.standard(environment: environment)
        if GitStandIn.standsIn(for: CommandLine.arguments[0]) {
            CurrentProcess.end(
                code: GitStandIn.run(
                    CommandLine.arguments,
                    terminal: terminal,
                    environment: environment
                )
            )
        }
        let dispatch = Dispatch(terminal: terminal, environment: environment)
        let invocation: Dispatch.Invocation
        do {
            invocation = try dispatch.resolve(Array(CommandLine.arguments.dropFirst()))
        } catch {
            terminal.report(error)
            CurrentProcess.end(code: error.code.rawValue)
        }
        let launcher = launcher(for: invocation, terminal)
        CurrentProcess.forbidCoreFiles()
        SecureHeap.wipeFreedMemory()
        Signal.block(signals)
        let interruption = Interruption()
        Task {
            let code = await dispatch.run(invocation, interruption, launcher)
            CurrentProcess.end(code: code.rawValue)
        }
        takeSignals(for: interruption)
    }

    private static func launcher(
        for invocation: Dispatch.Invocation,
        _ terminal: Terminal
    ) -> Launcher? {
        if !invocation.startsSteps { return nil }
        do {
            return try Launcher.fork()
        } catch {
            terminal.report(CommandFailure(.hostLacking, error.description))
            CurrentProcess.end(code: ExitCode.hostLacking.rawValue)
        }
    }

    private static func takeSignals(for interruption: Interruption) -> Never {
        while true {
            let signal = Signal.wait(for: signals)
            if !interruption.deliver(signal) {
                CurrentProcess.end(code: ExitCode(endedBy: signal).rawValue)
            }
        }
    }
}
