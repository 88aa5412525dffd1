// SPDX-License-Identifier: Apache-2.0
import Platform
import Synchronization

@testable import TacitCLI

/// A terminal that keeps what is written to it.
final class CapturedTerminal: Sendable {
    private let bytes = Mutex((output: [UInt8](), error: [UInt8]()))

    var output: String { bytes.withLock { String(decoding: $0.output, as: UTF8.self) } }
    var error: String { bytes.withLock { String(decoding: $0.error, as: UTF8.self) } }

    var terminal: Terminal {
        Terminal(
            output: { [self] span in
                bytes.withLock { bytes in for i in span.indices { bytes.output.append(span[i]) } }
            },
            error: { [self] span in
                bytes.withLock { bytes in for i in span.indices { bytes.error.append(span[i]) } }
            }
        )
    }
}

/// Runs a command line and returns all that comes of it.
func tacit(
    _ words: String...,
    environment: [String: String] = [:],
    commands: CommandTable = .all
) async -> (code: ExitCode, output: String, error: String) {
    let captured = CapturedTerminal()
    let dispatch = Dispatch(
        terminal: captured.terminal,
        environment: environment,
        commands: commands
    )
    let code = await dispatch.run(words)
    return (code, captured.output, captured.error)
}
