// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import TestSupport
import Testing

@testable import Tekton

/// Documents with the verdict of Tekton's own admission.
@Suite(.enabled(if: SharedCorpus.isPresent, SharedCorpus.need))
struct AdmissionCorpusTests {
    private struct Case {
        var id: String
        var origin: String
        var yaml: String
        var isValid: Bool
        var errors: [String]
    }

    private static func cases(_ file: String) throws -> [Case] {
        let text = String(decoding: try SharedCorpus.read("corpus/tekton/\(file)"), as: UTF8.self)
        return try text.split(separator: "\n").map { line in
            let value = try JSONValue.parse(Array(line.utf8))
            return Case(
                id: value["id"]?.string ?? "",
                origin: value["from"]?.string ?? "",
                yaml: value["yaml"]?.string ?? "",
                isValid: value["valid"] == .bool(true),
                errors: (value["errors"]?.array ?? []).compactMap(\.string)
            )
        }
    }

    /// The field paths that Tekton's texts end in.
    private static func paths(_ errors: [String]) -> Set<String> {
        var found: Set<String> = []
        for error in errors {
            let start = error.ranges(of: ": ").last?.upperBound ?? error.startIndex
            for part in error[start...].split(separator: ",") {
                let path = part.drop { $0 == " " }.prefix { $0 != "\n" }
                for root in ["spec", "metadata"] where path.hasPrefix(root) {
                    let next = path.dropFirst(root.count).first
                    if next == nil || next == "." || next == "[" { found.insert(String(path)) }
                }
            }
        }
        return found
    }

    @Test(arguments: ["admission.jsonl", "catalog.jsonl"])
    func `verdicts and field paths are those of Tekton's admission`(file: String) throws {
        for sample in try Self.cases(file) {
            let (manifests, syntax) = ManifestLoader.load(
                bytes: Array(sample.yaml.utf8),
                file: "\(sample.id).yaml"
            )
            let found = syntax + manifests.flatMap { ManifestValidator.validate($0).diagnostics }
            let errors = found.filter { $0.severity == .error }
            let texts = errors.map {
                "\($0.location?.description ?? ""): \($0.path): \($0.message)"
            }
            let about = "\(sample.id) (\(sample.origin)): Tekton \(sample.errors), here \(texts)"
            #expect(errors.isEmpty == sample.isValid, "\(about)")
            let wanted = Self.paths(sample.errors)
            if !wanted.isEmpty, !errors.isEmpty {
                // Tekton names no field where a gate is closed; here it is named.
                let gated = errors.filter { $0.message.contains("feature gate to be") }
                let paths = Set(errors.map(\.path)).subtracting(gated.map(\.path))
                #expect(paths == wanted, "\(about)")
            }
        }
    }
}
