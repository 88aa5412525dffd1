// SPDX-License-Identifier: Apache-2.0
import RunRecords
import TestSupport
import Testing

@Suite struct RunLookupTests {
    private let state: TemporaryDirectory

    init() throws {
        state = try TemporaryDirectory()
        try record("0123456789ab", at: "2026-03-01T10:00:00Z")
        try record("0123ffffffff", at: "2026-03-02T10:00:00Z")
        try record("abcdef012345", at: "2026-03-01T11:00:00Z")
    }

    private func record(_ run: String, at time: String) throws {
        try state.write(
            """
            {"v":1,"seq":1,"time":"\(time)","event":"run.started","namespace":"ci",\
            "serviceAccount":"build-sa","files":["task.yaml"]}
            {"v":1,"seq":2,"time":"\(time)","event":"secrets.fetched","class":"db"}
            {"v":1,"seq":3,"time":"\(time)","event":"secrets.fetched","class":"db"}
            {"v":1,"seq":4,"time":"\(time)","event":"secrets.fet
            """,
            to: "runs/\(run)/events.jsonl"
        )
    }

    @Test func `a run is found by its id, by a unique prefix and as the latest`() throws {
        #expect(try RunLookup.find("0123456789ab", in: state.path).text == "0123456789ab")
        #expect(try RunLookup.find("ab", in: state.path).text == "abcdef012345")
        #expect(try RunLookup.find("latest", in: state.path).text == "0123ffffffff")
    }

    @Test func `a prefix of several runs names them`() {
        let error = #expect(throws: RunLookup.Failure.self) {
            try RunLookup.find("0123", in: state.path)
        }
        #expect("\(error, default: "")" == "`0123` begins several runs: 0123456789ab, 0123ffffffff")
    }

    @Test(arguments: ["", "ff", "../0123456789ab", "0123456789abc"])
    func `what names no run is refused`(_ text: String) {
        #expect(throws: RunLookup.Failure.none(text)) { try RunLookup.find(text, in: state.path) }
    }

    @Test func `without any run there is no latest`() throws {
        let empty = try TemporaryDirectory()
        #expect(throws: RunLookup.Failure.none("latest")) {
            try RunLookup.find("latest", in: empty.path)
        }
    }

    @Test func `a record says how the run began, even if its last line is cut off`() throws {
        let run = try RunLookup.find("ab", in: state.path)
        let record = try RecordedRun(run, in: state.path)
        #expect(record.startTime == "2026-03-01T11:00:00Z")
        #expect(record.namespace == "ci")
        #expect(record.serviceAccount == "build-sa")
        #expect(record.files == ["task.yaml"])
        #expect(record.classes == ["db"])
    }
}
