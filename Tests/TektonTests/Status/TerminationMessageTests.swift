// SPDX-License-Identifier: Apache-2.0
import Tekton
import Testing

@Suite("Termination message")
struct TerminationMessageTests {
    private func entry(
        _ key: String,
        _ text: String,
        _ type: TerminationMessage.Entry.Kind = .taskResult
    ) -> TerminationMessage.Entry {
        TerminationMessage.Entry(key: key, bytes: Array(text.utf8), type: type)
    }

    @Test func `a result of 4096 bytes does not fit, one a little shorter does`() {
        let large = entry("big", String(repeating: "x", count: 4096))
        let small = entry("big", String(repeating: "x", count: 3900))
        #expect(!TerminationMessage.fits([large], hiddenExitCode: nil))
        #expect(TerminationMessage.fits([small], hiddenExitCode: 3))
    }

    @Test func `results and artifacts are noted with their kind`() {
        let text = TerminationMessage.text([
            entry("a", "1\n"), entry("b", "<", .stepResult), entry("c", "{}", .stepArtifacts),
        ])
        #expect(
            text
                == #"[{"key":"a","value":"1\n","type":1},{"key":"b","value":"\u003c","type":4},"#
                + #"{"key":"c","value":"{}","type":5}]"#
        )
    }

    @Test func `no results leave no message`() {
        #expect(TerminationMessage.text([]) == "")
    }
}
