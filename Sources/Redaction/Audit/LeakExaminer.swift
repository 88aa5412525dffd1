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
        examine(text, [], depth: 0, &hits) { $0 }
        if let shapes = audit.shapes {
            shapes.forEachMatch(in: text) { kind, range in
                hits.add(LeakHit(subject: .shape(kind), encodings: ["raw"], range: range))
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
        if depth == 0 {
            for view in HexDumpText.views(of: text) + WideText.views(of: text) {
                search(view, audit.compiled.index, encodings, &hits, origin)
            }
        }
        unescape(text, encodings, &hits, origin)
        if let folded = audit.folded {
            let (bytes, notes) = FoldedText.fold(text)
            search(bytes.span, folded, encodings + ["folded"], &hits) {
                origin(FoldedText.origin(of: $0, in: text, notes))
            }
        }
        if depth == Self.deepest { return }
        EncodedBlobs.forEach(in: text) { blob in
            let place = origin(blob.origin)
            if !blob.isReadable {
                let encodings = encodings + blob.encodings
                return search(blob.bytes.span, audit.compiled.index, encodings, &hits) { _ in place
                }
            }
            examine(blob.bytes.span, encodings + blob.encodings, depth: depth + 1, &hits) { _ in
                place
            }
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

    private func search(
        _ text: Span<UInt8>,
        _ index: NeedleIndex,
        _ encodings: [String],
        _ hits: inout LeakHits,
        _ origin: (Range<Int>) -> Range<Int>
    ) {
        if text.isEmpty || index.isEmpty { return }
        for match in index.matches(in: text) {
            let needle = index.needles[match.needle]
            let hit = LeakHit(
                subject: .secret(audit.compiled.names[needle.secret]),
                encodings: encodings + [needle.encoding.rawValue],
                range: origin(match.start..<match.end)
            )
            hits.add(hit)
        }
    }
}
