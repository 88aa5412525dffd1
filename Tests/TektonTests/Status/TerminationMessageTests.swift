// SPDX-License-Identifier: Apache-2.0
import Tekton
import Testing

@Suite("Termination message")
struct TerminationMessageTests {
    @Test func `a result of 4096 bytes does not fit, one a little shorter does`() {
        let large = String(repeating: "x", count: 4096)
        let small = String(repeating: "x", count: 3900)
        #expect(
            !TerminationMessage.fits(
                taskResults: [("big", large)],
                stepResults: [],
                hiddenExitCode: nil
            )
        )
        #expect(
            TerminationMessage.fits(
                taskResults: [("big", small)],
                stepResults: [],
                hiddenExitCode: 3
            )
        )
    }

    @Test func `results are noted with their kind, task results first`() {
        let text = TerminationMessage.text(
            taskResults: [("a", "1\n")],
            stepResults: [("b", "<")]
        )
        #expect(
            text
                == #"[{"key":"a","value":"1\n","type":1},{"key":"b","value":"\u003c","type":4}]"#
        )
    }

    @Test func `no results leave no message`() {
        #expect(TerminationMessage.text(taskResults: [], stepResults: []) == "")
    }
}
