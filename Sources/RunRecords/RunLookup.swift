// SPDX-License-Identifier: Apache-2.0
internal import JSON
package import Platform

/// Finds a recorded run by what a user calls it.
package enum RunLookup {
    /// Why there is none, or not one.
    package enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
        case none(String)
        case ambiguous(String, candidates: [String])
        case unreadable(SystemError)

        package var description: String {
            switch self {
            case .none("latest"): "no run is on record"
            case .none(let text): "no run on record is called `\(text)`"
            case .ambiguous(let text, let candidates):
                "`\(text)` begins several runs: \(candidates.joined(separator: ", "))"
            case .unreadable(let error): "\(error)"
            }
        }
    }

    /// Finds the run of that id, that unique prefix of one, or `latest`.
    ///
    /// - Parameters:
    ///   - text: an id, the beginning of one, or `latest`.
    ///   - state: the state directory, which has a `runs` below it.
    /// - Returns: the id of the run.
    /// - Throws: when there is none, or more than one that begins so.
    package static func find(
        _ text: String,
        in state: String
    ) throws(Failure) -> RunIdentifier {
        let runs = try runs(in: state)
        if text == "latest" {
            let dated = runs.map { (startTime(of: $0, in: state), $0) }.filter { !$0.0.isEmpty }
            guard let latest = dated.max(by: { $0.0 < $1.0 }) else { throw .none(text) }
            return latest.1
        }
        let candidates = runs.filter { $0.text.hasPrefix(text) }
        if text.isEmpty || candidates.isEmpty { throw .none(text) }
        if candidates.count > 1 {
            throw .ambiguous(text, candidates: candidates.map(\.text))
        }
        return candidates[0]
    }

    /// Every run that has left a record or the head of one, oldest first.
    package static func all(in state: String) throws(Failure) -> [RunIdentifier] {
        let known = try runs(in: state)
        let heads: [RunIdentifier]
        do {
            heads = try TrailHeads(in: state).runs()
        } catch {
            throw .unreadable(error)
        }
        let dated = Set(known).union(heads).map { run in (startTime(of: run, in: state), run) }
        return dated.sorted { ($0.0, $0.1.text) < ($1.0, $1.1.text) }.map(\.1)
    }

    /// When a run's first event happened; empty when nothing tells.
    private static func startTime(of run: RunIdentifier, in state: String) -> String {
        guard var lines = try? EventLines(of: run, in: state), let first = try? lines.next(),
            let event = try? JSONValue.parse(first)
        else { return "" }
        return event["time"]?.string ?? ""
    }

    private static func runs(in state: String) throws(Failure) -> [RunIdentifier] {
        do {
            return try Directory.names(in: "\(state)/runs").compactMap { RunIdentifier($0) }
        } catch {
            if error.code == .notFound { return [] }
            throw .unreadable(error)
        }
    }
}
