// SPDX-License-Identifier: Apache-2.0

/// Looks at one piece of text in every way there is.
struct LeakExaminer {
    let audit: LeakAudit

    /// How many encodings are undone, one within another.
    private static let deepest = 4
    /// How often escapes within escapes are decoded.
    private static let mostUnescapings = 3

    func hits(in text: Span<UInt8>) -> [LeakHit] {
        var hits = LeakHits()
        if !audit.compiled.isEmpty { examine(text, [], depth: 0, &hits) { $0 } }
        if let shapes = audit.shapes {
            shapes.forEachMatch(in: text) { kind, certainty, range in
                hits.add(
                    LeakHit(
                        subject: .shape(kind),
                        encodings: ["raw"],
                        certainty: certainty,
                        range: range
                    )
                )
            }
        }
        return hits.hits
    }

    private func examine(
        _ text: Span<UInt8>,
        _ encodings: [String],
        depth: Int,
        _ hits: inout LeakHits,
        _ origin: (Range<Int>) -> Range<Int>
    ) {
        search(text, audit.compiled.index, encodings, &hits, origin)
        for view in HexDumpText.views(of: text) + WideText.views(of: text) {
            search(view, audit.compiled.index, encodings, &hits, origin)
        }
        unescape(text, encodings, &hits, origin)
        fold(text, encodings, &hits, origin)
        if depth == Self.deepest { return }
        EncodedBlobs.forEach(in: text) { blob in
            let place = origin(blob.origin)
            examine(blob.bytes.span, encodings + blob.encodings, depth: depth + 1, &hits) { _ in
                place
            }
        }
    }

    private func fold(
        _ text: Span<UInt8>,
        _ encodings: [String],
        _ hits: inout LeakHits,
        _ origin: (Range<Int>) -> Range<Int>
    ) {
        guard let folded = audit.folded, !folded.isEmpty else { return }
        let view = FoldedText(text)
        search(view.bytes.span, folded, encodings + ["folded"], certainty: .likely, &hits) {
            origin(view.origin(of: $0, in: text))
        }
    }

    private func unescape(
        _ text: Span<UInt8>,
        _ encodings: [String],
        _ hits: inout LeakHits,
        _ origin: (Range<Int>) -> Range<Int>
    ) {
        guard var view = UnescapedText.view(of: text) else { return }
        for _ in 0..<Self.mostUnescapings {
            search(view, audit.compiled.index, encodings, &hits, origin)
            // As JSON holds coloured text.
            fold(view.bytes.span, encodings + [view.name], &hits) { origin(view.origin(of: $0)) }
            guard let next = UnescapedText.view(of: view.bytes.span) else { return }
            if next.bytes.count == view.bytes.count { return }
            view = next.translated(by: view)
        }
    }

    private func search(
        _ view: AuditView,
        _ index: NeedleIndex,
        _ encodings: [String],
        _ hits: inout LeakHits,
        _ origin: (Range<Int>) -> Range<Int>
    ) {
        search(view.bytes.span, index, encodings + [view.name], &hits) {
            origin(view.origin(of: $0))
        }
    }

    /// `certainty` is that of a value of usual length.
    private func search(
        _ text: Span<UInt8>,
        _ index: NeedleIndex,
        _ encodings: [String],
        certainty: LeakFinding.Certainty = .certain,
        _ hits: inout LeakHits,
        _ origin: (Range<Int>) -> Range<Int>
    ) {
        if text.isEmpty || index.isEmpty { return }
        for match in index.matches(in: text) {
            let needle = index.needles[match.needle]
            let isShort = needle.count < NeedlePolicy.shortestUnwarned
            let hit = LeakHit(
                subject: .secret(audit.compiled.names[needle.secret]),
                encodings: encodings + [needle.encoding.rawValue],
                certainty: isShort ? .possible : certainty,
                range: origin(match.start..<match.end)
            )
            hits.add(hit)
        }
    }
}
