// SPDX-License-Identifier: Apache-2.0
import Platform
import TacitCLI
import TestSupport
import Testing

/// `tacit secret set|list|delete|import`, on a store of the test's own.
@Suite struct SecretCommandsTests {
    private let directory: TemporaryDirectory
    private let environment: [String: String]

    init() throws {
        directory = try TemporaryDirectory()
        environment = ["TACIT_STATE_DIR": directory.path("state")]
    }

    private func secret(
        _ words: String...
    ) async -> (code: ExitCode, output: String, error: String) {
        let captured = CapturedTerminal()
        let dispatch = Dispatch(terminal: captured.terminal, environment: environment)
        let code = await dispatch.run(["secret"] + words)
        return (code, captured.output, captured.error)
    }

    /// The columns of the list, without the times.
    private func list() async -> [[String]] {
        let result = await secret("list")
        #expect(result.code == .success)
        return result.output.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: /\ \ \ +/).map(String.init)
            return [cells[0], cells[1], cells[3]]
        }
    }

    @Test func `what is set is listed by name, version, keys and sizes, and never by value`()
        async throws
    {
        let file = try directory.write("hunter2-canary\n", to: "password")
        let set = await secret("set", "cicd/data/registry", "password=@\(file)", "empty=@/dev/null")
        #expect(
            set == (
                .success, "set `password`, `empty` of cicd/data/registry, now at version 1\n", ""
            )
        )
        _ = await secret("set", "cicd/data/registry", "password=@\(file)")
        #expect(
            await list() == [["cicd/data/registry", "2", "empty (0 bytes), password (15 bytes)"]]
        )
        let shown = await secret("list")
        #expect(shown.output.hasPrefix("NAME "))
        #expect(!(shown.output + shown.error).contains("canary"))
    }

    @Test func `a value on the command line is taken with a warning`() async {
        let set = await secret("set", "a", "k=v", "l=w")
        #expect(set.code == .success)
        #expect(set.error.split(separator: "\n").count == 2)
        #expect(
            set.error.hasPrefix(
                "warning: the value of `k` stands on the command line, where other users and the "
                    + "shell's history can see it; use `k=-`\n"
            )
        )
        #expect(!set.error.contains("`v`"))
    }

    @Test(arguments: [
        (
            ["set", "a"],
            "`tacit secret set` needs KEY=VALUE after the name; `tacit secret set a value=-` reads "
                + "one value from standard input"
        ),
        (
            ["set", "a", "canary"],
            "an operand is no KEY=VALUE; for one value without a key write `value=-`"
        ),
        (["set", "a", "k=1", "k=2"], "key `k` is given twice"),
        (["set", "a", "k=-", "l=-"], "standard input can be the value of one key only"),
        (
            ["set", "a#b", "k=@/dev/null"],
            "name `a#b` holds `#`, which stands between a name and its key"
        ),
        (["set", "a", "k=@/none"], "cannot read `/none`: No such file or directory"),
        (["import", "/none"], "cannot read `/none`: No such file or directory"),
        (["import", "/dev/null"], "`/dev/null` holds no secret"),
    ])
    func `wrong usage changes nothing`(words: [String], message: String) async {
        let captured = CapturedTerminal()
        let dispatch = Dispatch(terminal: captured.terminal, environment: environment)
        #expect(await dispatch.run(["secret"] + words) == .wrongUsage)
        #expect(captured.error == "error: \(message)\n")
        #expect(await secret("list").error.hasPrefix("the embedded store is empty"))
    }

    @Test func `names and keys are deleted, all or none`() async throws {
        let file = try directory.write("a#k", to: "x")
        _ = await secret("set", "a", "k=@\(file)", "l=@\(file)")
        _ = await secret("set", "b", "k=@\(file)")
        let wrong = await secret("delete", "a#k", "c")
        #expect(
            wrong == (
                .wrongUsage, "",
                "error: no such secret `c`; `tacit secret list` shows what there is\n"
            )
        )
        #expect(await list().count == 2)
        let right = await secret("delete", "a#k", "b")
        #expect(right == (.success, "deleted a#k\ndeleted b\n", ""))
        #expect(await list() == [["a", "2", "l (3 bytes)"]])
    }

    @Test func `a file is imported whole or not at all, and its lines are never shown`()
        async throws
    {
        let json = try directory.write(
            #"{"a/b": {"k": "v", "l": {"base64": "AAEC"}}, "c": "canary"}"#,
            to: "good.json"
        )
        let good = await secret("import", json)
        #expect(good == (.success, "imported `k`, `l` of a/b\nimported `value` of c\n", ""))
        let env = try directory.write("c=new\nD=1\n", to: "good.env")
        #expect(await secret("import", env).code == .success)
        #expect(
            await list() == [
                ["D", "1", "value (1 bytes)"], ["a/b", "1", "k (1 bytes), l (3 bytes)"],
                ["c", "2", "value (3 bytes)"],
            ]
        )
        let bad = try directory.write(#"{"e": "canary", "f": 5}"#, to: "bad.json")
        let refused = await secret("import", bad)
        #expect(
            refused == (
                .wrongUsage, "",
                "\(bad):1:17: error: `f` must be a string or {\"base64\": \"...\"}, not a number; put "
                    + "it in quotes\n"
            )
        )
        #expect(await list().count == 3)
    }

    @Test func `a store that cannot be opened ends with the code of a failed store`() async throws {
        let file = try directory.write("x", to: "x")
        _ = await secret("set", "a", "k=@\(file)")
        let key = directory.path("state/store/key")
        _ = try Command(["chmod", "644", key]).run()
        let exposed = await secret("list")
        #expect(exposed.code == .storeFailed)
        #expect(
            exposed.error
                == "error: others can read key file `\(key)` (mode 644); run `chmod 600 \(key)`\n"
        )
        try Directory.unlink(key)
        #expect(await secret("set", "b", "k=@\(file)").code == .storeFailed)
    }

    @Test func `a passphrase and another key file are taken from the environment`() async throws {
        let file = try directory.write("x", to: "x")
        let phrase = try directory.write("correct horse\n", to: "phrase", permissions: 0o600)
        let exposed = try directory.write("correct horse\n", to: "exposed", permissions: 0o644)
        func run(_ variable: String, _ path: String, _ words: String...) async -> ExitCode {
            let dispatch = Dispatch(
                terminal: CapturedTerminal().terminal,
                environment: environment.merging([variable: path]) { $1 }
            )
            return await dispatch.run(["secret"] + words)
        }
        let passphrase = "TACIT_STORE_PASSPHRASE_FILE"
        #expect(await run(passphrase, exposed, "set", "a", "k=@\(file)") == .storeFailed)
        #expect(await run(passphrase, phrase, "set", "a", "k=@\(file)") == .success)
        #expect(await run(passphrase, phrase, "list") == .success)
        let without = await secret("list")
        #expect(without.code == .storeFailed)
        #expect(without.error.contains(passphrase))
        try Directory.unlink(directory.path("state/store/secrets.tacit"))
        let keyFile = "TACIT_STORE_KEY_FILE"
        let key = directory.path("elsewhere/key")
        #expect(await run(keyFile, key, "set", "a", "k=@\(file)") == .success)
        #expect(try FileStatus(of: key).byteCount == 32)
        #expect(await secret("list").code == .storeFailed)
    }

    @Test func `a value comes from standard input, and leaves no copy in the files`() throws {
        let set = try Command(
            [Checkout.tacit, "secret", "set", "a", "k=-"],
            environment: environment,
            input: "hunter2-canary\n"
        ).run()
        #expect(set.exitCode == 0, "\(set)")
        #expect(set.output == "set `k` of a, now at version 1\n")
        let list = try Command([Checkout.tacit, "secret", "list"], environment: environment).run()
        #expect(list.output.contains("k (14 bytes)"), "\(list)")
        let found = try Command(["grep", "-rc", "canary", directory.path("state")]).run()
        #expect(!found.output.contains(":1"), "\(found)")
    }
}
