// SPDX-License-Identifier: Apache-2.0
package import Platform

/// The heads of all runs: `audit/heads/<run>` in the state directory, closed to others.
package struct TrailHeads: Sendable {
    private let directory: String

    private static let mostReadings = 100

    /// - Parameter state: the state directory.
    package init(in state: String) {
        directory = "\(state)/audit/heads"
    }

    /// Makes the file of a new run's head, 0600; it must not exist.
    func create(_ run: RunIdentifier) throws(SystemError) -> FileDescriptor {
        try Directory.create(directory, permissions: 0o700)
        return try FileDescriptor.open(path(of: run), [.readWrite, .create, .exclusive])
    }

    /// The runs that have a head, sorted.
    package func runs() throws(SystemError) -> [RunIdentifier] {
        do {
            return try Directory.names(in: directory).compactMap { RunIdentifier($0) }
        } catch {
            if error.code == .notFound { return [] }
            throw error
        }
    }

    /// A run's head; `nil` when there is none, or none that makes sense.
    ///
    /// That of a run that goes on changes: read again until it did not.
    package func head(of run: RunIdentifier) throws(SystemError) -> TrailHead? {
        do {
            var bytes = try FileDescriptor.open(path(of: run)).readToEnd(limit: 4096)
            for _ in 0..<Self.mostReadings {
                let again = try FileDescriptor.open(path(of: run)).readToEnd(limit: 4096)
                if again == bytes { break }
                bytes = again
            }
            return TrailHeadFile.head(in: String(decoding: bytes, as: UTF8.self))
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// Says that a run is removed on purpose; the head stays.
    package func markRemoved(_ run: RunIdentifier) throws(SystemError) {
        guard var head = try head(of: run) else { return }
        head.isRemoved = true
        // Not cut first: whoever still writes to it has it mapped.
        let file = try FileDescriptor.open(path(of: run), [.writeOnly])
        try file.write(head.text.span)
    }

    private func path(of run: RunIdentifier) -> String { "\(directory)/\(run)" }
}
