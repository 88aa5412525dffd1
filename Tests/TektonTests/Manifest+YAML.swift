// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

extension Manifest {
    /// The only document of a text, as of a file `a.yaml`.
    static func parse(
        _ yaml: String,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws -> Manifest {
        let (manifests, problems) = ManifestLoader.load(bytes: Array(yaml.utf8), file: "a.yaml")
        #expect(problems.isEmpty, sourceLocation: sourceLocation)
        return try #require(manifests.first, sourceLocation: sourceLocation)
    }
}

extension Diagnostic {
    /// `line:column path`, for a short comparison.
    var place: String { "\(location?.line ?? 0):\(location?.column ?? 0) \(path)" }
}
