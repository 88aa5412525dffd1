// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction

/// Shows what a shell prints, redacted, on a thread of its own, until the shell and all that it started are gone.
final class ShellOutput: Sendable {
    let master: SharedDescriptor
    private let finished: AsyncStream<Void>
    private static let silenceMilliseconds: CInt = 75

    init(
        reading master: SharedDescriptor,
        through redactor: Redactor,
        to terminal: SharedDescriptor
    ) {
        self.master = master
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        finished = stream
        SystemThread.start("shell output") {
            try? Self.pump(master, redactor, terminal)
            continuation.finish()
        }
    }

    /// Waits for the end.
    func finish() async { for await _ in finished {} }

    private static func pump(
        _ master: SharedDescriptor,
        _ redactor: Redactor,
        _ terminal: SharedDescriptor
    ) throws {
        var buffer = [UInt8](repeating: 0, count: 65536)
        var stream = redactor.stream()
        func show(_ bytes: Span<UInt8>) throws { try terminal.descriptor.write(bytes) }
        while true {
            let pause = stream.heldCount > 0 ? silenceMilliseconds : -1
            if try !master.descriptor.waitUntilReadable(milliseconds: pause) {
                try stream.releaseAfterSilence { try show($0) }
                _ = try master.descriptor.waitUntilReadable(milliseconds: -1)
            }
            // The end of a terminal is an error (EIO), not an empty read.
            guard let count = try? master.descriptor.read(into: &buffer), count > 0 else { break }
            try stream.write(buffer.span.extracting(first: count)) { try show($0) }
        }
        try stream.finish { try show($0) }
    }
}
