// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import RunEngine

@Suite("The command that a shell could not find")
struct OutputTailTests {
    @Test(arguments: [
        ("/tekton/scripts/script-0-x: 16: /kaniko/executor: not found\n", "/kaniko/executor"),
        ("/bin/bash: line 1: jq: command not found\n", "jq"),
        ("sh: 1: aws: not found\nsome more\n", "aws"),
        ("env: 'node': No such file or directory\n", "node"),
        ("all is well\n", nil),
        ("", nil),
    ])
    func `its name is taken from the last lines`(text: String, name: String?) throws {
        let tail = OutputTail()
        try tail.write(Array(text.utf8).span)
        #expect(tail.missingCommand == name)
    }

    @Test func `only the end is kept`() throws {
        let tail = OutputTail()
        try tail.write(Array("sh: 1: early: not found\n".utf8).span)
        try tail.write([UInt8](repeating: 0x61, count: 10_000).span)
        #expect(tail.missingCommand == nil)
    }
}
