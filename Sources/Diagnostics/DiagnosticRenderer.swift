// SPDX-License-Identifier: Apache-2.0

/// Turns diagnostics into text for people.
///
///     tasks/build.yaml:14:9: error: unknown field `vesion`; did you mean `version`?
///       14 |     vesion: 1
///          |     ^
///
/// Lines of a file that declares a Secret are not shown, as a value may stand in any of them.
package struct DiagnosticRenderer: Sendable {
    private let sources: [String: [UInt8]]
    private let usesColour: Bool

    /// - Parameters:
    ///   - sources: the bytes of files by the name that locations carry; a line of a file that is not among
    ///     them is not shown.
    ///   - usesColour: whether to emit ANSI colours.
    package init(sources: [String: [UInt8]] = [:], usesColour: Bool = false) {
        self.sources = sources.filter { !Self.declaresSecret($0.value) }
        self.usesColour = usesColour
    }

    /// Every diagnostic in the list's order, each ending in a line feed.
    package func render(_ list: DiagnosticList) -> String {
        list.ordered.map(render).joined()
    }

    /// One diagnostic, and the line it concerns, ending in a line feed.
    package func render(_ diagnostic: Diagnostic) -> String {
        var text = diagnostic.location.map { PrintableText.escape($0.description) + ": " } ?? ""
        text += paint("\(diagnostic.severity.rawValue):", as: diagnostic.severity) + " "
        if diagnostic.location == nil, !diagnostic.path.isEmpty { text += diagnostic.path + ": " }
        text += PrintableText.escape(diagnostic.message)
        if let hint = diagnostic.hint { text += "; " + PrintableText.escape(hint) }
        return text + "\n" + excerpt(for: diagnostic)
    }

    private func excerpt(for diagnostic: Diagnostic) -> String {
        guard let location = diagnostic.location, let bytes = sources[location.file],
            let excerpt = SourceExcerpt(of: location, in: bytes)
        else { return "" }
        let number = String(location.line)
        let gutter = String(repeating: " ", count: max(0, 4 - number.count)) + number
        let blank = String(repeating: " ", count: gutter.count)
        let indent = String(repeating: " ", count: excerpt.caret)
        let caret = paint("^", as: diagnostic.severity)
        return "\(gutter) | \(excerpt.text)\n\(blank) | \(indent)\(caret)\n"
    }

    private func paint(_ text: String, as severity: Diagnostic.Severity) -> String {
        if !usesColour { return text }
        let colour = severity == .error ? "31" : "33"
        return "\u{1b}[1;\(colour)m\(text)\u{1b}[0m"
    }

    /// Whether a file may hold an object of kind `Secret` or `SecretList`, in YAML or JSON.
    private static func declaresSecret(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains(/\bkind["']?\s*:\s*["']?Secret(List)?\b/)
    }
}
