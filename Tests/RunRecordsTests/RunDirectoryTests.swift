// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import RunRecords
import Tekton
import TestSupport
import Testing

@Suite("Run directory")
struct RunDirectoryTests {
    @Test func `a run gets a directory of its own, closed to others, with an event file`() throws {
        let temporary = try TemporaryDirectory()
        let identifier = try RunIdentifier(randomness: .system)
        let run = try ChainedRun.directory(identifier, in: temporary.path)
        #expect(run.path == "\(temporary.path)/runs/\(identifier)")
        #expect(try FileStatus(of: run.path).permissions == 0o700)
        #expect(try FileStatus(of: "\(run.path)/events.jsonl").permissions == 0o600)
    }

    @Test func `events are appended as they come`() throws {
        let temporary = try TemporaryDirectory()
        let run = try ChainedRun.directory(
            try RunIdentifier(randomness: .system),
            in: temporary.path
        )
        for number in 1...2 {
            let event = RunEvent.noted("n\(number)")
            try run.events.observe(event, line: event.line(sequence: number, time: "t"))
        }
        let bytes = try FileDescriptor.open("\(run.path)/events.jsonl").readToEnd()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[1].contains("\"seq\":2"))
    }

    @Test func `the lock is held while the run lives`() throws {
        let temporary = try TemporaryDirectory()
        let run = try ChainedRun.directory(
            try RunIdentifier(randomness: .system),
            in: temporary.path
        )
        #expect(throws: SystemError.self) { _ = try FileLock(creating: "\(run.path)/lock") }
    }

    @Test(arguments: ["", "0123456789ab0", "0123456789aB", "g123456789ab", "../../../../x"])
    func `what is no identifier is not taken for one`(text: String) {
        #expect(RunIdentifier(text) == nil)
    }
}
