// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Tekton

/// Where a specification stands that is written within another document.
struct SpecPlace: Sendable {
    var manifest: Manifest
    /// The field path of the specification (`spec.tasks[0].taskSpec`).
    var path: String

    /// Where one of its fields stands.
    func location(of field: String) -> SourceLocation {
        manifest.location(ofField: "\(path).\(field)")
    }
}
