// SPDX-License-Identifier: Apache-2.0
package import Platform

/// Every code that `tacit` ends with, and why; scripts rely on them.
package enum ExitCode: Int32, Sendable, CaseIterable {
    /// What was asked for was done.
    case success = 0
    /// The run failed (the step's own code is in its status), or an audit found leaked secrets.
    case runFailed = 1
    /// The command line is wrong, or a file that it names cannot be read or is invalid.
    case wrongUsage = 2
    /// A secret store, git or the network refused or failed before a step ran.
    case storeFailed = 3
    /// Before the run: this host lacks something; the message names it and the remedy.
    case hostLacking = 4
    /// A bug of Tacit's own.
    case internalError = 70
    /// The run's reason is a timeout, as timeout(1) has it.
    case timedOut = 124
    /// SIGINT came (128 + 2, as shells have it).
    case interrupted = 130
    /// SIGTERM came (128 + 15).
    case terminated = 143

    /// What each code means, for `tacit help`.
    package var meaning: String {
        switch self {
        case .success: "success"
        case .runFailed: "the run failed, or `audit leaks` found some"
        case .wrongUsage: "wrong usage or invalid YAML"
        case .storeFailed: "a secret store, git or the network failed before a step ran"
        case .hostLacking: "this host lacks something that a run needs"
        case .internalError: "a bug of tacit's own"
        case .timedOut: "the run timed out"
        case .interrupted: "interrupted (SIGINT)"
        case .terminated: "terminated (SIGTERM)"
        }
    }
}

extension ExitCode {
    /// The code for a command that a signal ended.
    package init(endedBy signal: Signal) {
        self = signal == .interrupt ? .interrupted : .terminated
    }
}
