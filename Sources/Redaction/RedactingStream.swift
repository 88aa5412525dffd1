// SPDX-License-Identifier: Apache-2.0

/// One stream on its way out: masks every needle, whatever the cuts.
///
/// Bytes that may still become a needle are held back. One write in is at most one write out.
package struct RedactingStream: ~Copyable {
    package init() {}

    /// How many bytes are held back.
    package var heldCount: Int { 0 }

    /// Takes the next bytes; calls `sink` at most once, with what may leave now.
    package mutating func write<Failure: Error>(
        _ bytes: Span<UInt8>,
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        if !bytes.isEmpty { try sink(bytes) }
    }

    /// After 50-100 ms of silence: lets a short hold go, so that a prompt without newline appears.
    package mutating func releaseAfterSilence<Failure: Error>(
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {}

    /// At the end: masks a hold of at least half its needle, lets a shorter one go.
    package mutating func finish<Failure: Error>(
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {}
}
