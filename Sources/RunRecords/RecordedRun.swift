// SPDX-License-Identifier: Apache-2.0
internal import JSON
package import Platform

/// What a run's event file says of how it began.
package struct RecordedRun: Sendable {
    package let identifier: RunIdentifier
    /// In UTC, RFC 3339: later ones sort later.
    package private(set) var startTime = ""
    package private(set) var namespace = ""
    package private(set) var serviceAccount = ""
    /// The files as the user named them.
    package private(set) var files: [String] = []
    /// The classes whose secrets were fetched.
    package private(set) var classes: [String] = []

    private static let byteLimit = 256 << 20

    /// Reads the events of a run; lines that are cut off or unknown are passed over.
    ///
    /// - Parameters:
    ///   - identifier: of the run.
    ///   - state: the state directory.
    /// - Throws: when the event file cannot be read.
    package init(_ identifier: RunIdentifier, in state: String) throws(SystemError) {
        self.identifier = identifier
        let path = "\(state)/runs/\(identifier)/events.jsonl"
        let bytes = try FileDescriptor.open(path).readToEnd(limit: Self.byteLimit)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let event = try? JSONValue.parse(Array(line)) else { continue }
            read(event)
        }
    }

    private mutating func read(_ event: JSONValue) {
        switch event["event"]?.string {
        case "run.started":
            startTime = event["time"]?.string ?? ""
            namespace = event["namespace"]?.string ?? ""
            serviceAccount = event["serviceAccount"]?.string ?? ""
            files = event["files"]?.array?.compactMap(\.string) ?? []
        case "secrets.fetched":
            guard let name = event["class"]?.string, !classes.contains(name) else { return }
            classes.append(name)
        default: break
        }
    }
}
