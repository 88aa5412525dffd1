// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction
internal import Synchronization

/// Carries one pipe of a step through the redactor to its sinks, on a thread of its own.
///
/// Read with read(2): anything asynchronous loses the end of the stream on Linux.
final class OutputPump: Sendable {
    private static let bufferByteCount = 256 * 1024
    /// How long a short hold waits for more before it is let go, so that a prompt appears.
    private static let silenceMilliseconds: CInt = 75

    private let outcome: Mutex<(any Error)?>
    private let finished: AsyncStream<Void>

    /// Starts pumping until the pipe ends.
    ///
    /// `onFailure` is called once, on the pump's thread, when a sink fails; the pipe is then drained
    /// without being kept, so that the step does not hang while it is being stopped.
    init(
        reading pipe: SharedDescriptor,
        through redactor: Redactor,
        into sinks: [any OutputSink],
        onFailure: @escaping @Sendable (any Error) -> Void
    ) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        finished = stream
        outcome = Mutex(nil)
        pipe.descriptor.enlargePipe(byteCount: 1 << 20)
        SystemThread.start("output") { [self] in
            do {
                try OutputPump.pump(pipe, redactor, sinks)
            } catch {
                outcome.withLock { $0 = error }
                onFailure(error)
                OutputPump.drain(pipe)
            }
            for sink in sinks {
                do { try sink.finish() } catch {
                    outcome.withLock { $0 = $0 ?? error }
                }
            }
            continuation.finish()
        }
    }

    /// Waits for the pipe's end; throws what a sink threw first.
    func finish() async throws {
        for await _ in finished {}
        if let error = outcome.withLock({ $0 }) { throw error }
    }

    private static func pump(
        _ source: SharedDescriptor,
        _ redactor: Redactor,
        _ sinks: [any OutputSink]
    ) throws {
        var buffer = [UInt8](repeating: 0, count: bufferByteCount)
        var stream = redactor.stream()
        while true {
            if stream.heldCount > 0,
                try !source.descriptor.waitUntilReadable(milliseconds: silenceMilliseconds)
            {
                try stream.releaseAfterSilence { try deliver($0, to: sinks) }
            }
            let count = try source.descriptor.read(into: &buffer)
            if count == 0 { break }
            try stream.write(buffer.span.extracting(first: count)) { try deliver($0, to: sinks) }
        }
        try stream.finish { try deliver($0, to: sinks) }
    }

    private static func deliver(
        _ bytes: borrowing Span<UInt8>,
        to sinks: [any OutputSink]
    ) throws {
        for sink in sinks { try sink.write(bytes) }
    }

    private static func drain(_ source: SharedDescriptor) {
        var buffer = [UInt8](repeating: 0, count: bufferByteCount)
        while let count = try? source.descriptor.read(into: &buffer), count > 0 {}
    }
}
