// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import Redaction

/// Looks past the names in a run's record.
///
/// Whoever wrote a secret's value in a file as the name of something has told it, and names never change. All
/// else, as messages, images and what a store says, is redacted before it is recorded, and looked at.
struct RecordedNames {
    var audit: LeakAudit

    /// No line of a record is longer.
    private static let lineLimit = 1 << 20

    /// The members that hold a name of the files, or what Tacit itself makes.
    private static let names: Set<String> = [
        "access", "class", "event", "hash", "kind", "mac", "name", "namespace", "object",
        "pipeline", "pipelineRun", "provider", "reason", "run", "serviceAccount", "status",
        "step", "task", "taskRun", "terminationReason", "time", "uid", "volume",
    ]

    /// The findings that stand in the texts of their lines.
    func findings(
        _ findings: [LeakFinding],
        in file: borrowing FileDescriptor
    ) throws -> [LeakFinding] {
        var judged: [Int: Bool] = [:]
        return try findings.filter { finding in
            if let known = judged[finding.line] { return known }
            let start = finding.offset - (finding.column - 1)
            let bytes = try file.read(count: Self.lineLimit, at: max(0, start))
            let isLeak = isLeak(Array(bytes.prefix { $0 != UInt8(ascii: "\n") }))
            judged[finding.line] = isLeak
            return isLeak
        }
    }

    private func isLeak(_ line: [UInt8]) -> Bool {
        guard let event = try? JSONValue.parse(line) else { return true }
        var told: [JSONValue] = []
        collect(event, into: &told)
        return !audit.findings(in: JSONValue.array(told).serialize().span).isEmpty
    }

    private func collect(_ value: JSONValue, into told: inout [JSONValue]) {
        switch value {
        case .array(let elements): for element in elements { collect(element, into: &told) }
        case .object(let members):
            for (key, member) in members {
                switch member {
                case .string where Self.names.contains(key): break
                case .string(let path) where key == "path":
                    told.append(.string(rest(of: path, below: members["object"]?.string ?? "")))
                default: collect(member, into: &told)
                }
            }
        case .string: told.append(value)
        case .null, .bool, .number: break
        }
    }

    /// A path without the file's own name, which is its object's.
    private func rest(of path: String, below object: String) -> String {
        let names = Set(object.split(separator: "/"))
        return path.split(separator: "/").filter { !names.contains($0) }.joined(separator: "/")
    }
}
