// SPDX-License-Identifier: Apache-2.0
import Platform
import Redaction
import TestSupport
import Testing

@testable import TacitCLI

@Suite struct RecordedNamesTests {
    private static let canary = "kanarienvogel-c7710e"

    /// Whether a record with this line is said to leak.
    private func leaks(_ line: String) throws -> Bool {
        let redactor = Redactor(forAudits: true)
        redactor.register(Array(Self.canary.utf8).span, name: "s")
        let audit = LeakAudit(redactor)
        let directory = try TemporaryDirectory()
        let text = #"{"v":1,"event":"run.started","run":"ab"}"# + "\n\(line)\n"
        try directory.write(text, to: "events.jsonl")
        let bytes = Array(text.utf8)
        let found = audit.findings(in: bytes.span)
        #expect(!found.isEmpty, "the audit sees it")
        let file = try FileDescriptor.open(directory.path("events.jsonl"))
        return try !RecordedNames(audit: audit).findings(found, in: file).isEmpty
    }

    @Test(arguments: [
        #"{"event":"step.started","step":"CANARY","image":"bash"}"#,
        #"{"event":"secret.accessed","path":"/mnt/CANARY-file","object":"creds/CANARY-file"}"#,
        #"{"event":"secrets.fetched","objects":[{"name":"CANARY","version":"1"}]}"#,
    ])
    func `a value that a file tells as a name is no leak of the record`(line: String) throws {
        #expect(try !leaks(line.replacing("CANARY", with: Self.canary)))
    }

    @Test(arguments: [
        #"{"event":"noted","message":"it said CANARY"}"#,
        #"{"event":"step.started","step":"CANARY","image":"CANARY"}"#,
        #"{"event":"run.started","files":["a.yaml","CANARY.yaml"]}"#,
        #"{"event":"secret.accessed","path":"/mnt/CANARY/token","object":"creds/token"}"#,
        #"{"event":"secrets.fetched","objects":[{"name":"o","version":"CANARY"}]}"#,
        #"{"event":"secrets.fetched","objects":[{"name":"o","requestID":"CANARY"}]}"#,
        #"{"event":"of a later version","detail":{"text":"CANARY"}}"#,
        #"{"event":"cut off","message":"CANARY"#,
    ])
    func `a value anywhere else in the record is one`(line: String) throws {
        #expect(try leaks(line.replacing("CANARY", with: Self.canary)))
    }

    @Test func `a value in colours is one, too`() throws {
        let broken = #"\u001b[1m"#
        let line =
            #"{"event":"noted","message":""# + Self.canary.prefix(14) + broken
            + Self.canary.dropFirst(14) + #""}"#
        #expect(try leaks(line))
    }
}
