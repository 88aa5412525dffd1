// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import TestSupport
import Testing

@testable import Tekton

/// Tekton's own examples, and small cases of behaviour that surprises, with what Tekton made of them.
@Suite(.enabled(if: SharedCorpus.isPresent, SharedCorpus.need))
struct ExampleCorpusTests {
    private static func text(_ path: String) throws -> String {
        String(decoding: try SharedCorpus.read("corpus/tekton/\(path)"), as: UTF8.self)
    }

    private static func problems(
        in path: String,
        gates: FeatureGates
    ) throws -> [(manifest: Manifest, problems: [Diagnostic])] {
        let bytes = try SharedCorpus.read("corpus/tekton/\(path)")
        let (manifests, syntax) = ManifestLoader.load(bytes: bytes, file: path)
        #expect(syntax.isEmpty, "\(path)")
        return manifests.map { ($0, ManifestValidator.validate($0, gates: gates).diagnostics) }
    }

    @Test func `every example is accepted under the gate that it needs`() throws {
        let rows = try Self.text("examples/index.tsv").split(separator: "\n").dropFirst()
        #expect(rows.count > 50)
        for row in rows {
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
            let gate = try #require(FeatureGates.Stability(rawValue: String(fields[1])))
            let found = try Self.problems(in: "examples/\(fields[0])", gates: FeatureGates(gate))
            for (manifest, problems) in found {
                #expect(problems.isEmpty, "\(fields[0]): \(manifest.kind) \(manifest.name)")
            }
        }
    }

    @Test(arguments: [
        "02c-unknown-param", "05-array-in-string", "35-bad-step-name", "36-script-and-command",
        "41-unknown-field", "42-reserved-volume", "47b-pipeline-result-with-prefix",
        "51-param-type-mismatch",
    ])
    func `what Tekton refuses is refused at the same fields`(name: String) throws {
        let expected = try JSONValue.parse(
            SharedCorpus.read("corpus/tekton/edge/\(name).expected.json")
        )
        let found = try Self.problems(in: "edge/\(name).yaml", gates: FeatureGates())
        for run in expected["runs"]?.array ?? [] {
            let kind = run["kind"]?.string
            let refused = found.first { $0.manifest.kind == kind && !$0.problems.isEmpty }
            let paths = try #require(refused, "\(name)").problems.map(\.path)
            for text in (run["invalid"]?.array ?? []).compactMap(\.string) {
                let wanted = text.split(separator: ": ").last?.split(separator: ", ") ?? []
                for path in wanted where path.hasPrefix("spec") {
                    #expect(paths.contains(String(path)), "\(name): \(path), got \(paths)")
                }
            }
        }
    }
}
