// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import YAML

/// Tells which document of a file a problem of its syntax belongs to.
///
/// A document that cannot be read is not among the documents: its problem gets the number after the
/// last one.
struct DocumentOwners {
    private let starts: [SourceLocation]
    /// The lines, from 1, that a document marker starts.
    private let markers: [Int]

    init(documents: [YAMLNode], bytes: [UInt8]) {
        starts = documents.map(\.location)
        var markers: [Int] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.starts(with: "---".utf8) {
            markers.append(index + 1)
        }
        self.markers = markers
    }

    /// The document's number, from 0; that of the last one for a problem without a place.
    func owner(of problem: Diagnostic) -> Int {
        guard let place = problem.location else { return max(0, starts.count - 1) }
        let before = starts.lastIndex {
            ($0.line, $0.column) <= (place.line, place.column)
        }
        guard let before else { return 0 }
        // No text of a document may have a line that starts with a marker (YAML 1.2.2, section 9.1.2).
        let first = starts[before].line
        return markers.contains { $0 > first && $0 <= place.line } ? before + 1 : before
    }
}
