// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
package import JSON
internal import Platform
internal import Synchronization
package import Tekton

/// A run's event file: JSON Lines, only ever appended to, each chained to the one before.
///
/// A line is handed to the kernel before the call returns, so it outlives a `kill -9` of the runner. It is
/// not flushed to the disk line by line: a power loss may cost the last seconds.
package final class EventFile: RunObserver {
    private struct State: ~Copyable {
        var chain: TrailChain
        var head: TrailHead
        var byteCount = 0
        /// Whether a line stands there in part and could not be taken back.
        var isTorn = false
    }

    private let file: FileDescriptor
    private let headFile: TrailHeadFile
    /// How large accesses may make it.
    private let byteLimit: Int
    private let state: Mutex<State>

    /// Creates the file, 0600, and that of its head; they must not exist.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - run: whose events it takes.
    ///   - heads: where its head is kept.
    ///   - key: its lines are chained under it.
    ///   - byteLimit: from this size on, accesses are refused; whatever else happens is still taken down.
    /// - Throws: `SystemError` when a file cannot be made, `CryptographyError`.
    package init(
        creating path: String,
        for run: RunIdentifier,
        heads: TrailHeads,
        key: TrailKey,
        byteLimit: Int
    ) throws {
        let chain = try TrailChain(key, run: run)
        let head = TrailHead(lineCount: 0, code: chain.origin)
        file = try FileDescriptor.open(path, [.writeOnly, .create, .exclusive, .append])
        headFile = try TrailHeadFile(try heads.create(run), head)
        self.byteLimit = byteLimit
        state = Mutex(State(chain: chain, head: head))
    }

    package func observe(_ event: RunEvent, line: JSONLine) throws {
        let isAccess = if case .secretAccessed = event { true } else { false }
        // Without what closes it, which the code comes before.
        var sealed: [UInt8] = []
        sealed.reserveCapacity(line.bytes.count + TrailCode.lineByteCount)
        sealed.append(contentsOf: line.bytes[..<(line.bytes.count - 2)])
        try state.withLock { state in
            if isAccess && state.byteCount + sealed.count > byteLimit {
                throw EventFileError.full(byteLimit: byteLimit)
            }
            if state.isTorn { throw EventFileError.torn }
            let code = try state.chain.code(of: sealed.span, after: state.head.code)
            code.close(&sealed)
            try append(sealed, &state)
            state.head = TrailHead(lineCount: state.head.lineCount + 1, code: code)
            try headFile.set(state.head)
        }
    }

    /// Appends a line whole, or nothing.
    private func append(_ line: [UInt8], _ state: inout State) throws {
        do {
            try file.write(line.span)
        } catch {
            do {
                try file.truncate(to: state.byteCount)
            } catch {
                state.isTorn = true
            }
            throw error
        }
        state.byteCount += line.count
    }
}
