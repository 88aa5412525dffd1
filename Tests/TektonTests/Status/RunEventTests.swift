// SPDX-License-Identifier: Apache-2.0
import JSON
import Tekton
import Testing

@Suite("Run events")
struct RunEventTests {
    @Test func `a line is one JSON object that starts with version, number, time and kind`() throws
    {
        let event = RunEvent.stepFinished(
            RunEvent.StepFinished(
                taskRun: "t",
                step: "s",
                exitCode: 3,
                reason: "Error",
                terminationReason: "Error"
            )
        )
        let bytes = event.line(sequence: 7, time: "2026-11-24T10:00:00.000000Z").bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            text
                == #"{"v":1,"seq":7,"time":"2026-11-24T10:00:00.000000Z","event":"step.finished","#
                + #""taskRun":"t","step":"s","exitCode":3,"reason":"Error","terminationReason":"Error"}"#
                + "\n"
        )
    }

    @Test func `texts with quotes, control characters and newlines stay on one line`() throws {
        let nasty = "a\"b\\c\nd\u{1}e\tf"
        let bytes = RunEvent.noted(nasty).line(sequence: 1, time: "t").bytes
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
        let json = try JSONValue.parse(bytes)
        #expect(json["message"]?.string == nasty)
    }
}
