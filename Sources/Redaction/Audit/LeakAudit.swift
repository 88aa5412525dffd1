// SPDX-License-Identifier: Apache-2.0

/// Finds where known secrets stand in texts, in whatever encoding, and what looks like a credential.
///
/// Beyond what the redactor masks it sees through wrapping, colours, spacing and letter case (secrets of 16
/// or more letters and digits), arbitrary escapes, hex dumps, UTF-16, and base64 and gzip within one another.
package struct LeakAudit: Sendable {
    let compiled: CompiledSecrets
    let folded: NeedleIndex?
    let shapes: CredentialShapes?

    /// An audit for the secrets registered so far.
    ///
    /// - Parameters:
    ///   - redactor: made with `forAudits`, else secrets are only found in the forms that it masks.
    ///   - findsShapes: whether anything that looks like a credential is reported, too.
    package init(_ redactor: Redactor, findsShapes: Bool = false) {
        compiled = redactor.compiled()
        folded = redactor.foldedIndex()
        shapes = findsShapes ? CredentialShapes() : nil
    }

    /// Whether `redactor` has come to know more since.
    package func isOutdated(by redactor: Redactor) -> Bool { !redactor.isCurrent(compiled) }

    /// Looks at one window of a text; safe on any thread.
    package func examine(_ window: LeakWindow) -> WindowLeaks {
        WindowLeaks(window, LeakExaminer(audit: self).hits(in: window.bytes.span))
    }

    /// Everything found in a complete text, in order.
    package func findings(in text: Span<UInt8>) -> [LeakFinding] {
        var scanner = LeakScanner()
        var places = LeakPlaces()
        var findings: [LeakFinding] = []
        scanner.feed(text) { places.add(examine($0)) { findings.append($0) } }
        places.add(examine(scanner.finish())) { findings.append($0) }
        return findings
    }
}
