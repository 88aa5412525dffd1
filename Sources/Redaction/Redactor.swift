// SPDX-License-Identifier: Apache-2.0

/// The secrets of a run, and the one way in which anything leaves it.
///
/// All streams of a run share one redactor; a value registered at any time applies from the next byte
/// of every stream.
package final class Redactor: Sendable {
    package init() {}

    /// Registers a value: from its return on no stream lets it through.
    ///
    /// - Parameters:
    ///   - value: the raw bytes, trailing newline and all.
    ///   - name: stands in the mask; brackets and the like are replaced.
    package func register(_ value: Span<UInt8>, name: String) {}

    /// Redacts a complete piece of text.
    package func redact(_ text: String) -> String { text }

    /// Redacts a complete piece of bytes.
    package func redact(_ bytes: [UInt8]) -> [UInt8] { bytes }

    /// Starts a stream.
    package func stream() -> RedactingStream { RedactingStream() }
}
