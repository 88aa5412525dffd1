// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// PipelineRuns whose outcomes were recorded from Tekton itself, run here and compared field by field.
@Suite("PipelineRuns as Tekton runs them", .enabled(if: SharedCorpus.isPresent, SharedCorpus.need))
struct PipelineRunCorpusTests {
    @Test(arguments: PipelineRunCase.all)
    func `a PipelineRun ends as it does in Tekton`(example: PipelineRunCase) throws {
        let place = try TemporaryDirectory()
        try place.write(try example.yaml, to: "run.yaml")
        let outcome = try Command(
            [
                Checkout.tacit, "run", place.path("run.yaml"), "-o", "json", "--children",
                "--log-dir", place.path("logs"), "--api", example.api,
            ],
            environment: [
                "PATH": "/usr/local/bin:/usr/bin:/bin", "TACIT_STATE_DIR": place.path("state"),
                "TACIT_CACHE_DIR": place.path("cache"),
            ]
        ).run(limit: .seconds(120))
        var actual = outcome.output
        var expected = try example.expected
        for (name, readable) in try example.hashedNames {
            actual = actual.replacing("\"\(name)\"", with: "\"\(readable)\"")
            expected = expected.replacing("\"\(name)\"", with: "\"\(readable)\"")
            try? Directory.rename(place.path("logs/\(name)"), to: place.path("logs/\(readable)"))
        }
        try place.write(actual, to: "actual.json")
        try place.write(expected, to: "expected.json")
        let comparison = try Command(
            [
                "/usr/bin/python3", SharedCorpus.path("tools/compare-run"),
                place.path("expected.json"), place.path("actual.json"),
            ] + (example.printsIdentities ? [] : [place.path("logs")])
        ).run()
        #expect(comparison.exitCode == 0, "\(comparison.output)\n\(outcome)")
    }
}

/// A case of the corpus with Pipelines.
struct PipelineRunCase: Sendable, CustomTestStringConvertible {
    var name: String

    var testDescription: String { name }

    /// Names that would be generated are those of the recording, so that the comparison finds them.
    var yaml: String {
        get throws {
            let text = try read("yaml")
            return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                guard let field = line.firstRange(of: "generateName: ") else { return String(line) }
                return line[..<field.lowerBound] + "name: " + line[field.upperBound...] + "abcde"
            }.joined(separator: "\n")
        }
    }

    var expected: String { get throws { try read("expected.json") } }

    /// The names that are hashed because they would be too long, which the comparison cannot tell from
    /// others; and names by which it can.
    var hashedNames: [(name: String, readable: String)] {
        get throws {
            let json = try JSONValue.parse(Array(try expected.utf8))
            return (json["runs"]?.array ?? []).flatMap { run -> [(String, String)] in
                let own = run["name"]?.string ?? ""
                let names = (run["taskRuns"]?.object ?? [:]).keys
                return names.filter { !$0.hasPrefix("\(own)-") }.map { ($0, "\(own)-\($0)") }
            }
        }
    }

    /// The gate that the example stands behind, for it is not open otherwise.
    var api: String { name.contains("__alpha__") ? "alpha" : "beta" }

    /// Whether its steps print uids, which no two runs share.
    var printsIdentities: Bool { name == "examples/pipelineruns__using_context_variables" }

    private func read(_ suffix: String) throws -> String {
        String(decoding: try SharedCorpus.read("corpus/tekton/\(name).\(suffix)"), as: UTF8.self)
    }

    static let all: [PipelineRunCase] = {
        ["edge", "examples"].flatMap { folder in
            let path = SharedCorpus.path("corpus/tekton/\(folder)")
            let files = (try? Directory.names(in: path)) ?? []
            return files.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0.dropLast(5))" }
        }.map { PipelineRunCase(name: $0) }.filter { example in
            let text = (try? example.yaml) ?? ""
            let isPipeline =
                text.contains("kind: PipelineRun") || text.contains("kind: Pipeline\n")
            return isPipeline
        }
    }()
}
