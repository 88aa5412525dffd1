// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Redaction

/// Tells what is wrong in the files of a command, quoting them; what it quotes is redacted like
/// everything else.
struct SourceReport: Sendable {
    var files: [SourceFile]
    var redactor: Redactor
    var terminal: Terminal

    /// Writes the diagnostics to standard error, with the lines that they concern.
    func report(_ diagnostics: DiagnosticList) {
        if diagnostics.isEmpty { return }
        let sources = Dictionary(files.map { ($0.name, $0.bytes) }) { first, _ in first }
        let renderer = DiagnosticRenderer(sources: sources, usesColour: terminal.errorHasColour)
        let text = redactor.redact(renderer.render(diagnostics))
        try? terminal.writeError(Array(text.utf8).span)
    }
}
