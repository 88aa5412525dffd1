// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

@Suite struct CommandLineTests {
    private func tacit(
        _ words: String...,
        environment: [String: String]? = nil
    ) throws -> CommandOutcome {
        try Command([Checkout.tacit] + words, environment: environment).run()
    }

    private func shell(_ script: String) throws -> CommandOutcome {
        try Command(["bash", "-c", script, Checkout.tacit]).run()
    }

    @Test func `the version is one line on standard output`() throws {
        let outcome = try tacit("version")
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(
            outcome.output.hasPrefix("tacit ") && outcome.output.split(separator: "\n").count == 1
        )
        #expect(outcome.error == "")
    }

    @Test func `every command has help, and every flag of it is refused when misspelt`() throws {
        let names = try tacit("help").output.split(separator: "\n")
            .drop { $0 != "Commands:" }.dropFirst().prefix { $0.hasPrefix("  ") }
            .compactMap {
                $0.split(separator: "  ").first.map { $0.split(separator: " ").map(String.init) }
            }
        #expect(names.count >= 7)
        for name in names {
            let help = try Command([Checkout.tacit, "help"] + name).run()
            #expect(help.exitCode == 0 && help.output.contains("Usage: tacit"), "\(help)")
            #expect(try Command([Checkout.tacit] + name + ["--help"]).run().output == help.output)
            let wrong = try Command([Checkout.tacit] + name + ["--nonsense"]).run()
            #expect(wrong.exitCode == 2 && wrong.output == "", "\(wrong)")
            #expect(wrong.error.hasPrefix("error: unknown flag `--nonsense`"))
        }
    }

    @Test func `wrong usage is one line on standard error and code 2`() throws {
        let outcome = try tacit("vresion")
        #expect(outcome.exitCode == 2 && outcome.output == "")
        #expect(
            outcome.error == "error: unknown command `vresion`; did you mean `tacit version`?\n"
        )
    }

    @Test func `a reader that goes away early does no harm`() throws {
        let outcome = try shell("\"$0\" help | head -n 1; echo ${PIPESTATUS[0]}")
        #expect(outcome.output.hasSuffix("\n0\n"), "\(outcome)")
        #expect(outcome.error == "")
    }

    @Test func `a full disk behind standard output is said and is no success`() throws {
        let outcome = try shell("\"$0\" version > /dev/full")
        #expect(outcome.exitCode == 4)
        #expect(outcome.error == "error: standard output: No space left on device\n")
    }

    @Test func `colour goes to a terminal alone, and never with NO_COLOR`() throws {
        let script = "script -qec \"'$0' vresion\" /dev/null"
        let coloured = try shell("TERM=xterm NO_COLOR= \(script)")
        #expect(
            coloured.output.hasPrefix("\u{1b}[1;31merror:\u{1b}[0m unknown command"),
            "\(coloured)"
        )
        #expect(try shell("TERM=xterm NO_COLOR=1 \(script)").output.hasPrefix("error: unknown"))
        #expect(try shell("TERM=dumb NO_COLOR= \(script)").output.hasPrefix("error: unknown"))
    }

    @Test(arguments: [(Signal.interrupt, Int32(130)), (.terminate, 143)])
    func `a signal ends a command that waits for its input`(signal: Signal, code: Int32) throws {
        let directory = try TemporaryDirectory()
        let script = "mkfifo \"$1\"; exec 3<> \"$1\"; exec \"$0\" run - <&3"
        let command = Command(["bash", "-c", script, Checkout.tacit, directory.path("input")])
        let running = try command.start()
        // Early or late, the signal ends it; after this it is most likely reading.
        SystemThread.sleep(nanoseconds: 200_000_000)
        running.send(signal)
        #expect(running.finish(limit: .seconds(20)).exitCode == code)
    }

    @Test func `commands that run nothing start at once`() throws {
        var best = Duration.seconds(60)
        for _ in 0..<10 {
            let clock = ContinuousClock()
            best = min(best, try clock.measure { _ = try tacit("version") })
        }
        // 20 ms is what is promised; the test's own work and a busy machine take the rest.
        #expect(best < .milliseconds(100), "\(best)")
    }
}
