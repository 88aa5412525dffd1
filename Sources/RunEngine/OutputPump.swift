// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction
internal import Synchronization

/// Carries one pipe of a step through the redactor to its sinks, on a thread of its own.
///
/// Values that the step registers with `::add-mask::`, or in its inbox, apply from the next byte on.
/// Read with read(2): anything asynchronous loses the end of the stream on Linux.
final class OutputPump: Sendable {
    private static let bufferByteCount = 256 * 1024
    /// Enough for a step that says little, which most do.
    private static let firstBufferByteCount = 16 * 1024
    /// How long a short hold waits for more before it is let go, so that a prompt appears.
    private static let silenceMilliseconds: CInt = 75

    private let outcome: Mutex<(any Error)?>
    private let finished: AsyncStream<Void>

    /// Starts pumping until the pipe ends.
    ///
    /// - Parameters:
    ///   - pipe: what the step writes to.
    ///   - redactor: masks what passes.
    ///   - masks: gets what the step registers on the way, and is drained before anything is shown.
    ///   - inbox: the step's own among those of `masks`, which is waited on, too; `nil` when it has none.
    ///   - step: the step's name.
    ///   - copy: a file that gets everything as it is.
    ///   - sinks: get what is left.
    ///   - onFailure: is called once, on the pump's thread, when a sink fails; the pipe is then drained
    ///     without being kept, so that the step does not hang while it is being stopped.
    init(
        reading pipe: SharedDescriptor,
        through redactor: Redactor,
        _ masks: AddedMasks,
        _ inbox: MaskInbox?,
        of step: String,
        copyingTo copy: SharedDescriptor? = nil,
        into sinks: [any OutputSink],
        onFailure: @escaping @Sendable (any Error) -> Void
    ) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        finished = stream
        outcome = Mutex(nil)
        pipe.descriptor.enlargePipe(byteCount: 1 << 20)
        let source = OutputSource(pipe: pipe, masks: masks, inbox: inbox, step: step)
        SystemThread.start("output") { [self] in
            do {
                try OutputPump.pump(source, redactor, copy, sinks)
            } catch {
                outcome.withLock { $0 = error }
                onFailure(error)
                source.discard()
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
        _ source: OutputSource,
        _ redactor: Redactor,
        _ copy: SharedDescriptor?,
        _ sinks: [any OutputSink]
    ) throws {
        var buffer = [UInt8](repeating: 0, count: firstBufferByteCount)
        var commands = MaskCommandReader()
        var stream = redactor.stream()
        func register(_ value: Span<UInt8>) throws {
            try source.masks.register(value, from: source.step)
        }
        while true {
            let isHeld = stream.heldCount + commands.heldCount > 0
            guard try source.wait(milliseconds: isHeld ? silenceMilliseconds : -1) else {
                try commands.releaseAfterSilence {
                    try stream.write($0) { try deliver($0, to: sinks) }
                }
                try stream.releaseAfterSilence { try deliver($0, to: sinks) }
                try source.waitForMore()
                continue
            }
            let count = try source.read(into: &buffer)
            if count == 0 { break }
            try copy?.descriptor.write(buffer.span.extracting(first: count))
            try commands.write(buffer.span.extracting(first: count), registering: register) {
                try stream.write($0) { try deliver($0, to: sinks) }
            }
            if count == buffer.count, count < bufferByteCount {
                buffer = [UInt8](repeating: 0, count: bufferByteCount)
            }
        }
        try commands.finish(registering: register) {
            try stream.write($0) { try deliver($0, to: sinks) }
        }
        try stream.finish { try deliver($0, to: sinks) }
    }

    private static func deliver(
        _ bytes: borrowing Span<UInt8>,
        to sinks: [any OutputSink]
    ) throws {
        for sink in sinks { try sink.write(bytes) }
    }
}
