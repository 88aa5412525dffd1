// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Platform
import Synchronization
import TacitCLI
import Testing

@Suite struct TerminalTests {
    @Test func `the result and the talk go separate ways`() throws {
        let captured = CapturedTerminal()
        let terminal = captured.terminal
        terminal.write("a\n")
        terminal.note("b")
        terminal.report(
            DiagnosticList([Diagnostic(at: SourceLocation(file: "f", line: 1, column: 2), "bad")]),
            sources: ["f": Array("xy\n".utf8)]
        )
        #expect(captured.output == "a\n")
        #expect(captured.error == "b\nf:1:2: error: bad\n   1 | xy\n     |  ^\n")
    }

    @Test func `after a failure nothing more is written`() {
        let calls = Mutex(0)
        let terminal = Terminal(
            output: { _ throws(SystemError) in
                calls.withLock { $0 += 1 }
                throw SystemError("write", on: "descriptor 1", .noSpace)
            },
            error: { _ in }
        )
        for _ in 0..<3 {
            let error = #expect(throws: SystemError.self) { try terminal.write([1, 2].span) }
            #expect(error?.code == .noSpace)
        }
        #expect(calls.withLock { $0 } == 1)
        #expect(terminal.outputFailure?.code == .noSpace)
    }
}
