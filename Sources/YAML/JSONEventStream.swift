// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON

/// Turns a JSON text into the events that libyaml would give for it.
///
/// libyaml refuses what JSON has and YAML 1.1 has not, surrogate pairs in escapes first of all; `kubectl`
/// too reads as JSON what starts with a brace.
final class JSONEventStream: YAMLEventSource {
    private let source: SourceText
    private var reader: JSONReader
    /// What comes before the next token is read, the last one first.
    private var pending = [YAMLEvent(kind: .streamStart, start: 0)]
    private var isInDocument = false

    init(_ source: SourceText) {
        self.source = source
        reader = JSONReader(source.bytes)
    }

    /// Whether a text could be JSON at all: it starts with a brace or a bracket.
    static func looksLikeJSON(_ source: SourceText) -> Bool {
        let first = source.bytes.first { $0 > 0x20 }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// Why a text is not one JSON value, or several in a row; `nil` when it is.
    static func problem(in source: SourceText) -> Diagnostic? {
        var reader = JSONReader(source.bytes)
        do {
            while try reader.next() != nil {}
            return nil
        } catch {
            return diagnostic(error, source)
        }
    }

    private static func diagnostic(_ error: JSONError, _ source: SourceText) -> Diagnostic {
        Diagnostic(at: source.location(ofByte: error.offset), "invalid JSON: \(error.message)")
    }

    func next() throws(SyntaxError) -> YAMLEvent {
        if let event = pending.popLast() { return event }
        guard let token = try nextToken() else {
            return YAMLEvent(kind: .streamEnd, start: source.bytes.count)
        }
        let event = Self.event(for: token)
        if reader.depth == 0 { pending.append(YAMLEvent(kind: .documentEnd, start: token.offset)) }
        defer { isInDocument = reader.depth > 0 }
        if isInDocument { return event }
        pending.append(event)
        return YAMLEvent(kind: .documentStart, start: token.offset)
    }

    private func nextToken() throws(SyntaxError) -> JSONToken? {
        do {
            return try reader.next()
        } catch {
            throw SyntaxError(diagnostic: Self.diagnostic(error, source))
        }
    }

    private static func event(for token: JSONToken) -> YAMLEvent {
        switch token.kind {
        case .null: plain("null", token)
        case .bool(let value): plain(value ? "true" : "false", token)
        case .number(let text): plain(text, token)
        case .string(let text), .key(let text):
            YAMLEvent(
                kind: .scalar(text: text, isPlain: false),
                tag: "!!str",
                start: token.offset
            )
        case .beginArray: YAMLEvent(kind: .sequenceStart, start: token.offset)
        case .beginObject: YAMLEvent(kind: .mappingStart, start: token.offset)
        case .endArray, .endObject: YAMLEvent(kind: .collectionEnd, start: token.offset)
        }
    }

    private static func plain(_ text: String, _ token: JSONToken) -> YAMLEvent {
        YAMLEvent(kind: .scalar(text: text, isPlain: true), start: token.offset)
    }
}
