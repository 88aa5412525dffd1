// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform

/// Reads the accesses, and the fetches that came before them, out of event files.
package struct AccessScan {
    /// An object of a class that a store served to a run.
    package struct Fetch: Sendable, Hashable {
        package var run: RunIdentifier
        package var time: String
        package var secretClass: String
        package var object: String
        package var requestID: String
    }

    private static let wanted = [
        "secret.accessed", "taskrun.started", "secrets.fetched", "secrets.rotated",
    ]
    .map { Array(#""event":"\#($0)""#.utf8) }
    /// Behind the version, the number and the time.
    private static let kindBegins = 128

    private let state: String

    /// - Parameter state: the state directory.
    package init(in state: String) {
        self.state = state
    }

    /// Goes through one run's events in order; a line that is cut off or unknown is passed over.
    ///
    /// - Parameters:
    ///   - run: whose events are read.
    ///   - access: takes each access.
    ///   - fetch: takes each object that a store served.
    /// - Throws: `SystemError` when the file cannot be read, and what the closures throw.
    package func read(
        _ run: RunIdentifier,
        access: (AccessEntry) throws -> Void,
        fetch: (Fetch) throws -> Void = { _ in }
    ) throws {
        var lines = try EventLines(of: run, in: state)
        var tasks: [String: String] = [:]
        while let line = try lines.next() {
            guard Self.isWanted(line), let event = try? JSONValue.parse(line) else { continue }
            if let entry = AccessEntry(event, of: run, task: { tasks[$0] ?? "" }) {
                try access(entry)
            } else if event["event"]?.string == "taskrun.started" {
                tasks[event["taskRun"]?.string ?? ""] = event["task"]?.string
            } else {
                for object in event["objects"]?.array ?? [] {
                    try fetch(
                        Fetch(
                            run: run,
                            time: event["time"]?.string ?? "",
                            secretClass: event["class"]?.string ?? "",
                            object: object["name"]?.string ?? "",
                            requestID: object["requestID"]?.string ?? ""
                        )
                    )
                }
            }
        }
    }

    /// Most events of a long run need not be parsed.
    private static func isWanted(_ line: [UInt8]) -> Bool {
        let head = line.prefix(kindBegins)
        guard let start = head.firstRange(of: Array(#""event":""#.utf8)) else { return false }
        let kind = line[start.lowerBound...]
        return wanted.contains { kind.starts(with: $0) }
    }
}
