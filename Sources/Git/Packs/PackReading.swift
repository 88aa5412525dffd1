// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// Reads a pack on a thread of its own while it comes in.
final class PackReading: Sendable {
    private let queue = PieceQueue()
    private let seen = Mutex(Seen())
    private let result = Mutex<Result>(.failure(PackTrouble("not at its end")))

    private typealias Result = Swift.Result<Pack, PackTrouble>

    /// How far it is.
    struct Seen {
        var total = 0
        var objects = 0
        var deltas = 0
    }

    /// A pack whose objects are all found.
    struct Pack: Sendable {
        var table: PackTable
        var trailer: [UInt8]
    }

    init() {
        SystemThread.start("git pack") {
            do throws(PackTrouble) {
                let pack = try self.read()
                self.result.withLock { $0 = .success(pack) }
            } catch {
                self.result.withLock { $0 = .failure(error) }
            }
            self.queue.close()
        }
    }

    private func read() throws(PackTrouble) -> Pack {
        let scanner = try PackScanner()
        while let pieces = queue.take() {
            for piece in pieces { try scanner.take(piece) }
            let now = Seen(
                total: scanner.total,
                objects: scanner.table.count,
                deltas: scanner.table.deltaCount
            )
            seen.withLock { $0 = now }
        }
        guard let trailer = scanner.trailer else { throw PackTrouble("cut off") }
        scanner.table.link()
        return Pack(table: scanner.table, trailer: trailer)
    }

    var progress: Seen { seen.withLock { $0 } }

    /// Gives the next bytes.
    ///
    /// - Returns: whether they are still read; `false` when there is trouble.
    func give(_ piece: [UInt8]) -> Bool { queue.give(piece) }

    /// Says that all bytes were given, and waits for the end.
    func finish() throws(PackTrouble) -> Pack {
        queue.complete()
        queue.waitUntilClosed()
        return try result.withLock { $0 }.get()
    }

    /// Ends it.
    func stop() { queue.close() }
}
