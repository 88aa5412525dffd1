// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction
internal import Sandbox
internal import Synchronization

/// `/tekton/run/mask`: where the steps and sidecars of one TaskRun write values that are to be masked, a line
/// each.
///
/// A FIFO, so that nothing of it stays. Whoever carries output drains it after each read, before anything of
/// that read is shown: what a step wrote here first is then masked in all that it wrote afterwards.
final class MaskInbox: Sendable {
    /// Below the tree of the TaskRun.
    static let path = "run/mask"

    private struct State: ~Copyable {
        var reader: SharedDescriptor
        var line: MaskLine
    }

    private let tree: TaskDirectory
    private let state: Mutex<State>

    /// Opens the inbox that stands in a tree.
    init(in tree: TaskDirectory) throws(SystemError) {
        self.tree = tree
        let reader = SharedDescriptor(try tree.directory.openBeneath(Self.path, [.nonBlocking]))
        state = Mutex(State(reader: reader, line: MaskLine()))
    }

    /// What to wait on for more.
    var reader: SharedDescriptor { state.withLock { $0.reader } }

    /// Hands on every line that is there; never blocks.
    ///
    /// A line without an end is handed on once nobody has the inbox open for writing any more.
    ///
    /// - Parameters:
    ///   - isReady: whether poll(2) has just said that there is something to read, be it the end.
    ///   - register: gets the lines.
    /// - Throws: what `register` threw, or `SystemError` of the read that failed.
    func drain(isReady: Bool, to register: (Span<UInt8>) throws -> Void) throws {
        try state.withLock { state in
            var buffer = [UInt8](repeating: 0, count: 1024)
            while let count = try Self.read(&state, &buffer) {
                if count == 0 {
                    try state.line.finish(register)
                    // A reader that has seen a writer go is told so by every poll; a new one is not.
                    if isReady { state.reader = try reopened() }
                    return
                }
                try state.line.take(buffer.span.extracting(..<count), register)
                for index in 0..<count { buffer[index] = 0 }
            }
        }
    }

    /// `nil` when there is nothing to read now, but a writer has it open.
    private static func read(
        _ state: inout State,
        _ buffer: inout [UInt8]
    ) throws(SystemError) -> Int? {
        do throws(SystemError) {
            return try state.reader.descriptor.read(into: &buffer)
        } catch {
            if error.code == .wouldBlock { return nil }
            throw error
        }
    }

    /// Opened before the former one is closed, so that no writer finds nobody there.
    private func reopened() throws(SystemError) -> SharedDescriptor {
        SharedDescriptor(try tree.directory.openBeneath(Self.path, [.nonBlocking]))
    }
}
