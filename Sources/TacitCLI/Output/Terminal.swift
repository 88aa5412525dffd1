// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import Platform
internal import Synchronization

/// The only way out for text: the result on standard output, the talk on standard error.
///
/// Each call's bytes stay together, from whichever thread it comes. Nothing is redacted here.
package final class Terminal: Sendable {
    /// Takes bytes to where they go, all of them or an error.
    package typealias Sink = @Sendable (Span<UInt8>) throws(SystemError) -> Void

    private struct Stream {
        let sink: Sink
        /// Why the stream takes no more; nothing is written to it any longer.
        var failure: SystemError?
    }

    private let output: Mutex<Stream>
    private let error: Mutex<Stream>
    /// Whether standard output is a terminal that may be coloured.
    package let outputHasColour: Bool
    /// Whether standard error is a terminal that may be coloured.
    package let errorHasColour: Bool
    /// Whether someone watches standard output, so that progress and local times make sense.
    package let outputIsTerminal: Bool
    /// Whether someone watches standard error.
    package let errorIsTerminal: Bool

    package init(
        output: @escaping Sink,
        error: @escaping Sink,
        outputHasColour: Bool = false,
        errorHasColour: Bool = false,
        outputIsTerminal: Bool = false,
        errorIsTerminal: Bool = false
    ) {
        self.output = Mutex(Stream(sink: output))
        self.error = Mutex(Stream(sink: error))
        self.outputHasColour = outputHasColour
        self.errorHasColour = errorHasColour
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
    }

    /// The process's own descriptors 1 and 2.
    ///
    /// Coloured only on a terminal that is not `dumb`, and never with NO_COLOR (no-color.org).
    package static func standard(environment: [String: String]) -> Terminal {
        let wantsColour =
            (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        let output = SharedDescriptor(FileDescriptor(owning: 1))
        let error = SharedDescriptor(FileDescriptor(owning: 2))
        return Terminal(
            output: { bytes throws(SystemError) in try output.descriptor.writeBlocking(bytes) },
            error: { bytes throws(SystemError) in try error.descriptor.writeBlocking(bytes) },
            outputHasColour: wantsColour && CurrentProcess.isTerminal(1),
            errorHasColour: wantsColour && CurrentProcess.isTerminal(2),
            outputIsTerminal: CurrentProcess.isTerminal(1),
            errorIsTerminal: CurrentProcess.isTerminal(2)
        )
    }

    /// Why standard output took no more; a reader that went away (EPIPE) counts as none.
    package var outputFailure: SystemError? {
        let failure = output.withLock { $0.failure }
        return failure?.code == .brokenPipe ? nil : failure
    }
}

extension Terminal {
    /// Writes a piece of the result, as it is; blocks while the reader is slow.
    ///
    /// After the first failure, which is thrown again, nothing is written any more.
    package func write(_ bytes: Span<UInt8>) throws(SystemError) {
        try Self.write(bytes, to: output)
    }

    /// Writes a piece of the talk, as it is.
    package func writeError(_ bytes: Span<UInt8>) throws(SystemError) {
        try Self.write(bytes, to: error)
    }

    /// Writes text of the result, as it is; a failure is kept in `outputFailure`.
    package func write(_ text: String) {
        try? write(Array(text.utf8).span)
    }

    /// Writes a line of the talk.
    package func note(_ line: String) {
        try? writeError(Array((line + "\n").utf8).span)
    }

    /// Writes diagnostics to standard error, with the lines that they concern.
    ///
    /// - Parameters:
    ///   - list: what is wrong; the order is the list's own.
    ///   - sources: the bytes of files by the name that locations carry.
    package func report(_ list: DiagnosticList, sources: [String: [UInt8]] = [:]) {
        let renderer = DiagnosticRenderer(sources: sources, usesColour: errorHasColour)
        try? writeError(Array(renderer.render(list).utf8).span)
    }

    /// Writes why a command failed, as a diagnostic.
    package func report(_ failure: CommandFailure) {
        report(DiagnosticList([Diagnostic(.error, failure.message, hint: failure.hint)]))
    }

    private static func write(
        _ bytes: Span<UInt8>,
        to stream: borrowing Mutex<Stream>
    ) throws(SystemError) {
        try stream.withLock { stream throws(SystemError) in
            if let failure = stream.failure { throw failure }
            do throws(SystemError) {
                try stream.sink(bytes)
            } catch {
                stream.failure = error
                throw error
            }
        }
    }
}
