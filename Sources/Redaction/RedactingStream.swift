// SPDX-License-Identifier: Apache-2.0

/// One stream on its way out: masks every needle, whatever the cuts.
///
/// Held back is exactly the longest suffix that is a proper prefix of some needle. One write in is at
/// most one write out. Memory: the largest write, and the longest needle (1 KiB), whatever the length of
/// a line; nothing is allocated once a write of that size has been seen.
package struct RedactingStream: ~Copyable {
    private let redactor: Redactor
    private var compiled: CompiledSecrets
    /// The text from the start of what is held back on.
    private var text: [UInt8] = []
    /// How many of its bytes have left after a silence; they are kept, as a needle may begin with them.
    private var shownCount = 0
    private var scratch = ScanScratch()
    private var output = MaskedOutput()

    /// A hold of this many bytes is not let go before its needle is refuted.
    private static let shortHoldLimit = 4
    /// Writes of so many bytes are not put behind what is held; twice as many as any needle has.
    private static let fewestUncopied = 2 * Needle.maximumCount

    init(_ redactor: Redactor, effort: ScanEffort) {
        self.redactor = redactor
        compiled = redactor.compiled()
        scratch.effort = effort
    }

    /// How often looking needles up took too long.
    var turnCount: Int { scratch.effort.turnCount }

    /// How many bytes are held back.
    package var heldCount: Int { text.count - shownCount }

    /// Takes the next bytes; calls `sink` at most once, with what may leave now.
    package mutating func write<Failure: Error>(
        _ bytes: Span<UInt8>,
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        if bytes.isEmpty { return }
        refresh()
        if text.isEmpty { return try writeUnheld(bytes, to: sink) }
        if bytes.count >= Self.fewestUncopied { return try writeAfterHold(bytes, to: sink) }
        text.append(bytes)
        let limit = compiled.index.scan(text, into: &scratch)
        try leave(upTo: limit, to: sink)
    }

    /// After 50-100 ms of silence: lets a short hold go, so that a prompt without newline appears.
    ///
    /// A hold is short if it has under 4 bytes and is under half of the shortest needle.
    package mutating func releaseAfterSilence<Failure: Error>(
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let isShort =
            text.count < Self.shortHoldLimit && 2 * text.count < compiled.index.shortest
        let start = max(shownCount, output.coveredCount)
        if !isShort || start >= text.count { return }
        shownCount = text.count
        output.passed()
        try sink(text.span.extracting(start...))
    }

    /// At the end: masks a hold of at least half its needle, lets a shorter one go.
    package mutating func finish<Failure: Error>(
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        if text.isEmpty { return }
        refresh()
        _ = compiled.index.scan(text, into: &scratch)
        scratch.addCutNeedle(at: text, compiled.index, minimumCount: 1)
        try leave(upTo: text.count, to: sink)
    }
}

extension RedactingStream {
    private mutating func refresh() {
        if !redactor.isCurrent(compiled) { compiled = redactor.compiled() }
    }

    /// Nothing is held: the bytes need not be copied unless there is something to mask.
    private mutating func writeUnheld<Failure: Error>(
        _ bytes: Span<UInt8>,
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let limit = compiled.index.scan(bytes, into: &scratch)
        text.append(bytes.extracting(limit...))
        if scratch.found.masks.isEmpty {
            if limit == 0 { return }
            output.passed()
            return try sink(bytes.extracting(..<limit))
        }
        output.begin()
        output.add(bytes, scratch.found, upTo: limit, compiled)
        redactor.count(output.printed, compiled)
        if !output.bytes.isEmpty { try sink(output.bytes.span) }
    }

    /// Something is held, and so many bytes follow that no needle reaches from there to their end: they
    /// are looked at where they are, and their beginning once more for what begins in the hold.
    private mutating func writeAfterHold<Failure: Error>(
        _ bytes: Span<UInt8>,
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let heldCount = text.count
        text.append(bytes.extracting(..<Needle.maximumCount))
        _ = compiled.index.scan(text, into: &scratch)
        output.begin()
        output.add(text, scratch.found, from: shownCount, upTo: heldCount, compiled)
        let limit = compiled.index.scan(bytes, into: &scratch)
        output.add(bytes, scratch.found, upTo: limit, compiled)
        redactor.count(output.printed, compiled)
        text.removeAll(keepingCapacity: true)
        text.append(bytes.extracting(limit...))
        shownCount = 0
        if !output.bytes.isEmpty { try sink(output.bytes.span) }
    }

    /// Lets the text go up to `limit`, and keeps the rest.
    private mutating func leave<Failure: Error>(
        upTo limit: Int,
        to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        output.begin()
        output.add(text, scratch.found, from: shownCount, upTo: limit, compiled)
        redactor.count(output.printed, compiled)
        text.removeFirst(limit)
        shownCount = max(0, shownCount - limit)
        if !output.bytes.isEmpty { try sink(output.bytes.span) }
    }
}
