// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The Makefile's verbs and the scripts behind them, as far as they can be tried without building anew.
@Suite struct VerbsTests {
    @Test func `make alone lists every verb with a word on it`() throws {
        let listed = try make([])
        #expect(listed.exitCode == 0, "\(listed)")
        let lines = listed.output.split(separator: "\n").map {
            $0.split(separator: " ", maxSplits: 2)
        }
        let verbs = lines.map { String($0[1]) }
        for verb in [
            "run", "test", "test-all", "build", "bench", "lint", "install", "clean", "sandbox-up",
            "sandbox-down", "packages", "test-packages",
        ] { #expect(verbs.contains(verb)) }
        #expect(lines.allSatisfy { $0.count == 3 && $0[0] == "make" })
    }

    @Test func `the sandbox stands in the state directory that tacit uses`() throws {
        let printed = try make(["-n", "sandbox-down"], ["TACIT_STATE_DIR": "/a/b"])
        #expect(printed.output == down("/a/b/sandbox"))
        let xdg = try make(["-n", "sandbox-down"], ["XDG_STATE_HOME": "/c"])
        #expect(xdg.output == down("/c/tacit/sandbox"))
    }

    private func down(_ sandbox: String) -> String {
        "sandbox/cluster/down \(sandbox)\nsandbox/cluster/openbao \(sandbox) down\n"
    }

    @Test func `packages that are there are not mentioned`() throws {
        let run = try Command(["\(Checkout.root)/sandbox/install-packages", "make", "libc6"]).run()
        #expect(run.exitCode == 0)
        #expect(run.output + run.error == "")
    }

    @Test func `without root and without a terminal the command to type is printed`() throws {
        let script = "\(Checkout.root)/sandbox/install-packages"
        let become = CurrentProcess.userID == 0 ? "setpriv --reuid 65534 --clear-groups" : ""
        // On standard input, since another user may not be let into the checkout.
        let shell = "exec setsid --wait \(become) bash -s -- make no-such-package <\(script)"
        let run = try Command(["sh", "-c", shell]).run()
        #expect(run.exitCode == 4, "\(run)")
        #expect(run.error.contains("installing Debian packages: no-such-package\n"))
        #expect(run.error.contains("run `sudo apt-get install no-such-package` and try again"))
    }

    private func make(
        _ arguments: [String],
        _ variables: [String: String] = [:]
    ) throws -> CommandOutcome {
        let base = ["PATH": "/usr/bin:/bin", "HOME": "/nowhere"]
        return try Command(
            ["make", "-s", "--no-print-directory", "-C", Checkout.root] + arguments,
            environment: base.merging(variables) { $1 }
        ).run()
    }
}
