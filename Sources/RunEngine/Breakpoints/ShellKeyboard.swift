// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// Hands what is typed on one terminal to another, on a thread of its own, until it is stopped.
final class ShellKeyboard: Sendable {
    private let isStopped = Atomic(false)
    /// How soon a stop is noticed.
    private static let beat: CInt = 50

    init(from terminal: SharedDescriptor, to shell: SharedDescriptor) {
        SystemThread.start("keyboard") { [self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while !isStopped.load(ordering: .relaxed) {
                guard
                    let isReady = try? terminal.descriptor.waitUntilReadable(
                        milliseconds: Self.beat
                    )
                else { return }
                if !isReady { continue }
                guard let count = try? terminal.descriptor.read(into: &buffer), count > 0,
                    (try? shell.descriptor.write(buffer.span.extracting(first: count))) != nil
                else { return }
            }
        }
    }

    /// What is typed from now on is left where it is.
    func stop() { isStopped.store(true, ordering: .relaxed) }
}
