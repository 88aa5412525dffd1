// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// Reads a stream of YAML documents, or of JSON documents, which are YAML here too.
///
/// A text that starts with a brace or bracket and is JSON throughout is read as JSON, with its surrogate
/// pairs; everything else is libyaml's.
package enum YAMLParser {
    /// The largest file, in bytes.
    package static let byteLimit = 16 << 20
    /// How many collections may lie in each other, aliases expanded.
    package static let depthLimit = 100
    /// How many scalars and collections a file may hold, aliases expanded.
    package static let nodeLimit = 2_000_000
    /// How much text a file's scalars may hold, in bytes, aliases expanded.
    package static let expandedTextLimit = 64 << 20
    /// After so many problems the rest of a file is not read.
    package static let diagnosticLimit = 100

    /// Parses every document of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: the name that locations carry.
    /// - Returns: the documents in order (an empty document is left out), and what is wrong. Documents
    ///   before the first syntax error are returned along with it.
    package static func parse(
        _ bytes: [UInt8],
        file: String
    ) -> (documents: [YAMLNode], diagnostics: [Diagnostic]) {
        let checked = SourceText.check(bytes, file: file)
        guard let source = checked.text else { return ([], checked.problem.map { [$0] } ?? []) }
        if source.bytes.isEmpty { return ([], []) }
        guard JSONEventStream.looksLikeJSON(source) else {
            return build(EventStream(source), from: source)
        }
        guard let problem = JSONEventStream.problem(in: source) else {
            return build(JSONEventStream(source), from: source)
        }
        let isNamedJSON = file.hasSuffix(".json")
        return build(EventStream(source), from: source, instead: isNamedJSON ? problem : nil)
    }

    /// Builds the documents; `problem` is what to say in place of libyaml's own words.
    private static func build(
        _ events: some YAMLEventSource,
        from source: SourceText,
        instead problem: Diagnostic? = nil
    ) -> (documents: [YAMLNode], diagnostics: [Diagnostic]) {
        var builder = TreeBuilder(source)
        do {
            try builder.run(events)
        } catch {
            builder.diagnostics.append(problem ?? error.diagnostic)
        }
        return (builder.documents, builder.diagnostics)
    }
}
