// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Redaction
internal import Tekton

/// What the look at a run's artefacts came to.
struct RunProofOutcome: Sendable {
    var readCount = 0
    var readerCount = 0
    var maskCount = 0
    var byteCount = 0
    private(set) var leakCount = 0
    /// `logs/t/build.log:14:9: secret `db/password` as base64`, the first ones.
    private(set) var places: [String] = []
    var quarantined: [String] = []
    /// What could not be looked at.
    var failures: [String] = []

    private static let mostPlaces = 20

    /// Under which name the counts stand among an object's annotations.
    static let annotation = "tacit.dev/leak-audit"

    /// Why the run has failed.
    var message: String {
        let kept =
            quarantined.isEmpty ? "" : "; quarantined: " + quarantined.joined(separator: ", ")
        let more = leakCount > places.count ? "; and more" : ""
        return
            "\(Self.count(leakCount, "leak")) found: \(places.joined(separator: "; "))\(more)\(kept)"
    }

    /// Takes in what was found in one artefact.
    mutating func add(_ findings: [LeakFinding], in name: String) {
        leakCount += findings.count
        for finding in findings.prefix(Self.mostPlaces - places.count) {
            let place = "\(name):\(finding.line):\(finding.column)"
            places.append("\(place): \(LeakReport.message(finding))")
        }
    }

    /// Takes in what was found in output that was shown.
    mutating func add(_ shown: (name: String, findings: [LeakFinding], byteCount: Int)) {
        byteCount += shown.byteCount
        add(shown.findings, in: shown.name)
    }

    /// `14 reads by 3 steps · 27 masks · 0 leaks in 1.2 MB`.
    var line: String {
        "\(Self.count(readCount, "read")) by \(Self.count(readerCount, "step")) · "
            + "\(Self.count(maskCount, "mask")) · \(Self.count(leakCount, "leak")) in "
            + Self.size(byteCount)
    }

    /// For the run's record.
    var audit: RunEvent.RunAudit {
        RunEvent.RunAudit(
            reads: readCount,
            steps: readerCount,
            masks: maskCount,
            leaks: leakCount,
            bytes: byteCount
        )
    }

    /// For the object's annotations.
    var json: JSONValue {
        .object([
            "reads": .integer(readCount), "steps": .integer(readerCount),
            "masks": .integer(maskCount), "leaks": .integer(leakCount),
            "bytes": .integer(byteCount),
        ])
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func size(_ bytes: Int) -> String {
        var (value, unit) = (bytes * 10, 0)
        let units = ["B", "kB", "MB", "GB", "TB"]
        while value >= 10_000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(bytes) B" : "\(value / 10).\(value % 10) \(units[unit])"
    }
}
