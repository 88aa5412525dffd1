// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// What the README says, held against the program.
@Suite struct ReadmeTests {
    private let text: String
    private let help: String

    init() throws {
        let file = try FileDescriptor.open("\(Checkout.root)/README.md")
        text = String(decoding: try file.readToEnd(), as: UTF8.self)
        help = try TacitHost().run("help").output
    }

    @Test func `its exit codes are those of tacit help`() throws {
        let section = try #require(text.firstRange(of: "## Exit codes")).upperBound
        let rows = text[section...].split(separator: "\n").filter { $0.hasPrefix("| ") }
        let codes = rows.flatMap { row in
            row.split(separator: "|")[0].split { " ,".contains($0) }.compactMap { Int($0) }
        }
        let table = try #require(help.firstRange(of: "Exit codes:\n")).upperBound
        let known = help[table...].split(separator: "\n").compactMap { line in
            line.split(separator: " ").first.flatMap { Int($0) }
        }
        #expect(!known.isEmpty)
        #expect(codes.sorted() == known)
    }

    @Test func `every command of tacit help is named, and no other`() throws {
        let start = try #require(help.firstRange(of: "Commands:\n")).upperBound
        let end = try #require(help.firstRange(of: "\nExit codes:")).lowerBound
        let words = Set(
            help[start..<end].split(separator: "\n").compactMap { $0.split(separator: " ").first }
        )
        #expect(words.contains("run"))
        for word in words {
            let isNamed = text.contains("tacit \(word)") || text.contains("`\(word)`")
            #expect(isNamed, "README.md does not name `tacit \(word)`")
        }
        for match in text.matches(of: /(?:`|    )tacit (?<word>[a-z]+)/) {
            #expect(words.contains(match.word), "README.md names `tacit \(match.word)`")
        }
    }

    @Test func `the commands of its first run are understood`() throws {
        let host = try TacitHost()
        let set = try host.run("secret", "set", "cicd/data/github-token", "token=-", input: "abc")
        #expect(set.exitCode == 0, "\(set)")
        let dry = try host.run(
            "run",
            "\(Checkout.root)/pipelines/greet.yaml",
            "-p",
            "name=x",
            "--dry-run",
            "-o",
            "yaml"
        )
        #expect(dry.exitCode == 0, "\(dry)")
        #expect(dry.output.hasPrefix("apiVersion: tekton.dev/v1\n"))
    }
}
