// SPDX-License-Identifier: Apache-2.0
import TacitCLI
import Testing

@Suite struct ArgumentParserTests {
    private static let table = CommandTable([ProbeCommand()])

    @Test(arguments: [
        ("", "[] [] - - []"),
        (
            "a -p x=1 b --param y=2 -py=3 -p=z=4 --param=w=",
            #"["a", "b"] ["x=1", "y=2", "y=3", "z=4", "w="] - - []"#
        ),
        ("-n one", "[] [] one - []"), ("--name=one", "[] [] one - []"), ("-none", "[] [] one - []"),
        ("-n -x", "[] [] -x - []"), ("--name --verbose", "[] [] --verbose - []"),
        ("--name=", "[] []  - []"),
        ("-o json", "[] [] - json []"), ("-o=json", "[] [] - json []"),
        ("-ojson", "[] [] - json []"),
        ("-v --dry-run", #"[] [] - - ["verbose", "dry-run"]"#),
        ("-vn x", #"[] [] x - ["verbose"]"#),
        ("--verbose=true", #"[] [] - - ["verbose"]"#), ("--verbose=false", "[] [] - - []"),
        ("- -- -v --name", #"["-", "-v", "--name"] [] - - []"#),
    ])
    func `arguments are read as kubectl reads them`(line: String, printed: String) async {
        let words = ["probe"] + line.split(separator: " ").map(String.init)
        let captured = CapturedTerminal()
        let dispatch = Dispatch(terminal: captured.terminal, environment: [:], commands: Self.table)
        #expect(await dispatch.run(words) == .success)
        #expect(captured.output == printed + "\n" && captured.error == "")
    }

    @Test(arguments: [
        ("--nmae x", "unknown flag `--nmae` of `tacit probe`; did you mean `--name`?"),
        ("--network private", "unknown flag `--network` of `tacit probe`; see `tacit help probe`"),
        ("-x", "unknown flag `-x` of `tacit probe`; see `tacit help probe`"),
        ("-x=1", "unknown flag `-x` of `tacit probe`; see `tacit help probe`"),
        ("-dry-run", "unknown flag `-d` of `tacit probe`; did you mean `--dry-run`?"),
        ("-n", "flag `-n` needs a value: `-n NAME`; see `tacit help probe`"),
        ("--param", "flag `--param` needs a value: `--param NAME=VALUE`; see `tacit help probe`"),
        ("-n a --name b", "flag `--name` is given twice; see `tacit help probe`"),
        ("-v -v", "flag `-v` is given twice; see `tacit help probe`"),
        ("-o jsno", "flag `-o` takes `text`, `json`, not `jsno`; did you mean `json`?"),
        ("-o xml", "flag `-o` takes `text`, `json`, not `xml`; see `tacit help probe`"),
        ("--verbose=1", "flag `--verbose` is a switch and takes no value; see `tacit help probe`"),
    ])
    func `what is wrong is named, with what may be meant`(line: String, message: String) async {
        let words = ["probe"] + line.split(separator: " ").map(String.init)
        let captured = CapturedTerminal()
        let dispatch = Dispatch(terminal: captured.terminal, environment: [:], commands: Self.table)
        #expect(await dispatch.run(words) == .wrongUsage)
        #expect(captured.error == "error: \(message)\n" && captured.output == "")
    }

    @Test(arguments: [
        (Operand.Count.one, [String](), "`tacit probe` needs FILE"),
        (.oneOrMore, [], "`tacit probe` needs FILE"),
        (.one, ["a", "b"], "`tacit probe` does not take `b`"),
        (.zeroOrOne, ["a", "b"], "`tacit probe` does not take `b`"),
    ])
    func `operands are counted`(count: Operand.Count, words: [String], message: String) async {
        let table = CommandTable([ProbeCommand(operands: [Operand("FILE", count)])])
        let captured = CapturedTerminal()
        let dispatch = Dispatch(terminal: captured.terminal, environment: [:], commands: table)
        #expect(await dispatch.run(["probe"] + words) == .wrongUsage)
        #expect(captured.error == "error: \(message); see `tacit help probe`\n")
    }
}
