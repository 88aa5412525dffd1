// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// Reports for code scanners' viewers against what OASIS SARIF 2.1.0 demands of them.
@Suite struct SARIFTests {
    private static let canary = "kanarienvogel-77aa51c0d2"
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// What is wrong with a report; empty when nothing is.
    private func faults(_ report: String) throws -> String {
        let schemas = "\(Checkout.root)/Tests/TestSupport/schemas"
        let outcome = try Command(
            ["\(schemas)/validate", "\(schemas)/sarif-2.1.0.json"],
            input: report
        ).run()
        return outcome.output + outcome.error
    }

    private func audit() throws -> CommandOutcome {
        let secrets = try directory.write("TOKEN='\(Self.canary)'\n", to: "s.env")
        try directory.write(
            "a\ntoken \(Self.canary) a2FuYXJpZW52b2dlbC03N2FhNTFjMGQy\ntoken \(Self.canary)\n",
            to: "ä b.log"
        )
        try directory.write("glpat-" + "Zz9yX8wV7uT6sR5qP4oN\n", to: "shape.log")
        return try Command(
            [
                Checkout.tacit, "audit", "leaks", directory.path("ä b.log"),
                directory.path("shape.log"), "--secrets", secrets, "--shapes", "-o", "sarif",
            ]
        ).run()
    }

    @Test func `a report of leaks is what the schema demands, and says no value`() throws {
        let outcome = try audit()
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(try faults(outcome.output) == "")
        #expect(!outcome.output.contains("kanarienvogel"))
        let results = try JSONValue.parse(Array(outcome.output.utf8))["runs"]?.array?.first?[
            "results"
        ]
        let rules = results?.array?.compactMap { $0["ruleId"]?.string } ?? []
        #expect(Set(rules) == ["leaked-secret", "credential-shape"])
    }

    @Test func `fingerprints are the same in every run, and another for each leak`() throws {
        func fingerprints() throws -> [String] {
            let report = try JSONValue.parse(Array(try audit().output.utf8))
            let results = report["runs"]?.array?.first?["results"]?.array ?? []
            return results.compactMap { $0["partialFingerprints"]?["tacitLeak/v1"]?.string }
        }
        let first = try fingerprints()
        #expect(first.count >= 3)
        #expect(Set(first).count == first.count)
        #expect(try fingerprints() == first)
    }

    @Test func `a report of what validation says is what the schema demands, too`() throws {
        let file = try directory.write("apiVersion: tekton.dev/v1\nkind: Task\n", to: "t.yaml")
        let outcome = try Command([Checkout.tacit, "validate", file, "-o", "sarif"]).run()
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(try faults(outcome.output) == "")
    }

    @Test func `the schema refuses a report that lacks what it must have`() throws {
        #expect(try faults(#"{"version": "2.1.0"}"#).contains("'runs' is a required property"))
        let report = #"{"version": "2.1.0", "runs": [{"tool": {"driver": {}}, "x": 1}]}"#
        let text = try faults(report)
        #expect(text.contains("'name' is a required property"))
        #expect(text.contains("'x' was unexpected"))
    }
}
