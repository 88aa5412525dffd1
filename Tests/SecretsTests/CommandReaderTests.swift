// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import TestSupport
import Testing

@testable import Secrets

/// What a source's command can do to the one that runs it.
@Suite("A command that is a source")
struct CommandReaderTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func reader(_ script: String, limit: Duration = .seconds(30)) -> CommandReader {
        CommandReader(
            arguments: ["sh", "-c", script],
            environment: ["PATH": "/usr/bin:/bin", "DIR": directory.path],
            timeLimit: limit
        )
    }

    private func message(_ reader: CommandReader, limit: Int = 1 << 20) -> String {
        do {
            _ = try reader.read(limit: limit)
            return "read"
        } catch let failure as SourceReader.Failure {
            return failure.message
        } catch {
            return "\(error)"
        }
    }

    /// Whether the process that wrote its id to that file goes on after a moment's time to die.
    private func isAlive(_ file: String) throws -> Bool {
        let id = try directory.read(file).filter { !$0.isWhitespace }
        for _ in 0..<100 {
            let state = (try? FileDescriptor.open("/proc/\(id)/stat").readToEnd()) ?? []
            let text = String(decoding: state, as: UTF8.self)
            if text.isEmpty || text.contains(") Z ") { return false }
            SystemThread.sleep(nanoseconds: 20_000_000)
        }
        return true
    }

    @Test("is killed with everything that it started when its time is over")
    func killsGroup() throws {
        let script = "sleep 60 & echo $! >$DIR/child; echo $$ >$DIR/self; echo part; wait"
        let start = ContinuousClock.now
        #expect(message(reader(script, limit: .seconds(1))).contains("ran longer than"))
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try !isAlive("self"))
        #expect(try !isAlive("child"))
    }

    @Test(
        "that ends and leaves a process with its output behind is late, and that process is killed"
    )
    func killsWhatIsLeft() throws {
        let script = "sleep 60 & echo $! >$DIR/child; echo value"
        #expect(message(reader(script, limit: .seconds(1))).contains("ran longer than"))
        #expect(try !isAlive("child"))
    }

    @Test("that prints without end is stopped at the limit, and killed")
    func boundsOutput() throws {
        let script = "echo $$ >$DIR/self; exec yes"
        #expect(message(reader(script), limit: 10_000).contains("10000"))
        #expect(try !isAlive("self"))
    }

    @Test("that says much on standard error is read all the same, and none of that is shown")
    func dropsErrors() throws {
        let noisy = "head -c 1000000 /dev/zero | tr '\\0' x >&2; echo value"
        let value = try reader(noisy).read(limit: 100)
        #expect(value.withBytes { $0.count } == 5)
        let failing = message(reader("echo kanarienvogel-4411 >&2; exit 7"))
        #expect(failing == "the command ended with code 7")
    }
}
