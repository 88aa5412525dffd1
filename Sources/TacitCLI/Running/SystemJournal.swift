// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import RunRecords
internal import Synchronization
internal import Tekton

/// A copy of a run's events for the system's journal; see systemd's "Native Journal Protocol".
///
/// The run's own record decides what may happen. What the journal does not take is lost there, which is told
/// once: a journal that is behind must not hold up whoever reads a secret.
final class SystemJournal: RunObserver {
    private static let socket = "/run/systemd/journal/socket"

    private let connection: DatagramSocket
    private let run: RunIdentifier
    private let terminal: Terminal
    private let hasFailed = Atomic(false)

    init(_ run: RunIdentifier, terminal: Terminal) throws(CommandFailure) {
        connection = try Self.connect()
        self.run = run
        self.terminal = terminal
    }

    /// Throws when this host has no journal to reach.
    static func check() throws(CommandFailure) { _ = try connect() }

    private static func connect() throws(CommandFailure) -> DatagramSocket {
        do {
            return try DatagramSocket(connectedTo: socket)
        } catch {
            throw CommandFailure(
                .hostLacking,
                "the system's journal cannot be reached: \(error)",
                hint: "start systemd-journald, or take `audit.journal` out of the configuration"
            )
        }
    }

    func observe(_ event: RunEvent, line: JSONLine) {
        // A line of an event holds no newline but the last.
        var entry = Array("PRIORITY=6\nSYSLOG_IDENTIFIER=tacit\nTACIT_RUN=\(run)\nMESSAGE=".utf8)
        entry += line.bytes
        do {
            try connection.send(entry)
        } catch {
            let (isFirst, _) = hasFailed.compareExchange(
                expected: false,
                desired: true,
                ordering: .relaxed
            )
            if isFirst {
                terminal.note(
                    "tacit: warning: events are missing from the system's journal: \(error)"
                )
            }
        }
    }
}
