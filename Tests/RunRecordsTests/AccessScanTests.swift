// SPDX-License-Identifier: Apache-2.0
import Platform
@testable import RunRecords
import TestSupport
import Testing

/// Reading accesses back, narrowing them, and joining them with a store's log.
@Suite struct AccessScanTests {
    private let state: TemporaryDirectory
    private let run = RunIdentifier("0123456789ab")

    init() throws {
        state = try TemporaryDirectory()
        func access(_ second: Int, _ step: String, _ object: String, _ program: String) -> String {
            """
            {"v":1,"seq":\(second),"time":"2026-03-01T10:00:0\(second).000000Z","event":"secret.accessed",\
            "access":"open","taskRun":"build-run","step":"\(step)","volume":"v","path":"/mnt/\(object)",\
            "object":"\(object)","version":1,"requestID":"req-\(object)","hash":"h","pid":4,"uid":0,\
            "executable":"\(program)","mac":"x"}

            """
        }
        try state.write(
            """
            {"v":1,"seq":1,"time":"2026-03-01T10:00:01.000000Z","event":"taskrun.started",\
            "taskRun":"build-run","uid":"u","task":"build"}

            """ + access(2, "clone", "token", "/usr/bin/git")
                + access(3, "push", "creds/password", "/usr/bin/curl")
                + access(4, "push", "token", "/opt/git") + "{\"v\":1,\"seq\":5,\"time\":\"cut off",
            to: "runs/0123456789ab/events.jsonl"
        )
    }

    private func numbers(_ narrow: (inout AccessFilter) -> Void) throws -> [Int] {
        var filter = AccessFilter()
        narrow(&filter)
        var numbers: [Int] = []
        try AccessScan(in: state.path).read(
            #require(run),
            access: { if filter.accepts($0) { numbers.append($0.number) } }
        )
        return numbers
    }

    @Test func `every access is read, with the Task of its TaskRun`() throws {
        var entries: [AccessEntry] = []
        try AccessScan(in: state.path).read(#require(run), access: { entries.append($0) })
        #expect(entries.map(\.number) == [2, 3, 4])
        #expect(Set(entries.map(\.task)) == ["build"])
        #expect(entries[1].object == "creds/password")
        #expect(entries[1].requestID == "req-creds/password")
    }

    @Test func `each filter narrows by one thing, together they narrow by all`() throws {
        #expect(try numbers { $0.secret = "token" } == [2, 4])
        #expect(try numbers { $0.secret = "creds" } == [3])
        #expect(try numbers { $0.secret = "cred" } == [])
        #expect(try numbers { $0.secret = "/mnt/token" } == [2, 4])
        #expect(try numbers { $0.task = "build" } == [2, 3, 4])
        #expect(try numbers { $0.task = "build-run" } == [2, 3, 4])
        #expect(try numbers { $0.task = "test" } == [])
        #expect(try numbers { $0.step = "push" } == [3, 4])
        #expect(try numbers { $0.executable = "git" } == [2, 4])
        #expect(try numbers { $0.executable = "/opt/git" } == [4])
        #expect(try numbers { $0.since = "2026-03-01T10:00:03.000000Z" } == [3, 4])
        #expect(try numbers { $0.until = "2026-03-01T10:00:03.000000Z" } == [2, 3])
        let all = try numbers { filter in
            filter.step = "push"
            filter.secret = "token"
        }
        #expect(all == [4])
    }

    @Test func `a store's log tells which login made the request that brought a secret`() throws {
        func record(_ type: String, _ id: String, _ path: String, _ rest: String) -> String {
            """
            {"time":"2026-03-01T09:59:00Z","type":"\(type)","request":{"id":"\(id)","operation":"read",\
            "path":"\(path)","remote_address":"127.0.0.1","namespace":{"id":"root"}},\(rest)}

            """
        }
        let login = #""response":{"auth":{"accessor":"hmac-sha256:ac","display_name":"approle"}}"#
        let read = #"""
            "auth":{"accessor":"hmac-sha256:ac","display_name":"approle","policies":["ci"],\#
            "metadata":{"role_name":"ci-pipeline"}}
            """#
        try state.write(
            record("response", "login-1", "auth/approle/login", login)
                + record("request", "req-token", "cicd/data/token", read)
                + record("response", "req-token", "cicd/data/token", read)
                + record("response", "other", "cicd/data/other", read) + "no JSON\n",
            to: "audit.log"
        )
        let log = try StoreAuditLog(state.path("audit.log"), requests: ["req-token", "missing"])
        #expect(Array(log.requests.keys) == ["req-token"])
        let request = try #require(log.requests["req-token"])
        #expect(request.path == "cicd/data/token")
        #expect(request.metadata == ["role_name=ci-pipeline"])
        #expect(log.login(of: "req-token")?.identifier == "login-1")
        #expect(log.login(of: "missing") == nil)
        #expect(log.unreadableLineCount == 1)
    }
}
