// SPDX-License-Identifier: Apache-2.0
internal import CYAML
import Diagnostics

/// Owns a libyaml parser over a text and hands out its events.
///
/// Synchronous and confined to its creator's thread.
@safe final class EventStream: YAMLEventSource {
    private let source: SourceText
    /// On the heap, as libyaml keeps a pointer to it.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// A copy of the text that stays in place as long as the parser reads it.
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ source: SourceText) {
        self.source = source
        unsafe parser = .allocate(capacity: 1)
        unsafe input = .allocate(capacity: source.bytes.count)
        _ = unsafe input.initialize(from: source.bytes)
        let isReady = unsafe yaml_parser_initialize(parser)
        precondition(isReady == 1, "memory for a YAML parser can be had")
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event.
    ///
    /// - Returns: an event; after `streamEnd` there is none to ask for.
    /// - Throws: what libyaml finds wrong; the stream is of no use then.
    func next() throws(SyntaxError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        if unsafe yaml_parser_parse(parser, &event) == 0 { throw syntaxError() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe convert(event)
    }
}

extension EventStream {
    private func convert(_ event: yaml_event_t) -> YAMLEvent {
        let start = source.byteOffset(ofCharacter: unsafe Int(event.start_mark.index))
        switch unsafe event.type {
        case YAML_SCALAR_EVENT: return unsafe scalar(event.data.scalar, start)
        case YAML_SEQUENCE_START_EVENT:
            let data = unsafe event.data.sequence_start
            return unsafe collection(.sequenceStart, data.anchor, data.tag, start)
        case YAML_MAPPING_START_EVENT:
            let data = unsafe event.data.mapping_start
            return unsafe collection(.mappingStart, data.anchor, data.tag, start)
        case YAML_ALIAS_EVENT:
            let name = unsafe string(event.data.alias.anchor) ?? ""
            return YAMLEvent(kind: .alias(name), start: start)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, start: start)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, start: start)
        case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, start: start)
        case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, start: start)
        default: return YAMLEvent(kind: .collectionEnd, start: start)
        }
    }

    private func collection(
        _ kind: YAMLEvent.Kind,
        _ anchor: UnsafeMutablePointer<UInt8>?,
        _ tag: UnsafeMutablePointer<UInt8>?,
        _ start: Int
    ) -> YAMLEvent {
        unsafe YAMLEvent(kind: kind, anchor: string(anchor), tag: shortTag(tag), start: start)
    }

    private func scalar(
        _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar,
        _ start: Int
    )
        -> YAMLEvent
    {
        let bytes = unsafe UnsafeBufferPointer(start: data.value, count: data.length)
        let isPlain = unsafe data.style == YAML_PLAIN_SCALAR_STYLE
        var tag = unsafe shortTag(data.tag)
        if tag == "!" || tag == nil && !isPlain { tag = "!!str" }
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        let block: YAMLScalar.Block? =
            switch unsafe data.style {
            case YAML_LITERAL_SCALAR_STYLE: source.block(of: text, isLiteral: true, from: start)
            case YAML_FOLDED_SCALAR_STYLE: source.block(of: text, isLiteral: false, from: start)
            default: nil
            }
        return YAMLEvent(
            kind: .scalar(text: text, isPlain: isPlain),
            anchor: unsafe string(data.anchor),
            tag: tag,
            block: block,
            start: start
        )
    }

    private func string(_ text: UnsafePointer<UInt8>?) -> String? {
        unsafe text.map { unsafe String(cString: $0) }
    }

    private func shortTag(_ text: UnsafePointer<UInt8>?) -> String? {
        guard let tag = unsafe string(text) else { return nil }
        return tag.hasPrefix(yamlNamespace) ? "!!" + tag.dropFirst(yamlNamespace.count) : tag
    }

    private var yamlNamespace: String { "tag:yaml.org,2002:" }
}

extension EventStream {
    /// libyaml's last error: its problem, its context, and where each is.
    private func syntaxError() -> SyntaxError {
        let state = unsafe parser.pointee
        var message = unsafe state.problem.map { unsafe String(cString: $0) } ?? "out of memory"
        if unsafe state.error == YAML_READER_ERROR {
            let offset = unsafe Int(state.problem_offset)
            return SyntaxError(diagnostic: Diagnostic(at: source.location(ofByte: offset), message))
        }
        let offset = unsafe source.byteOffset(ofCharacter: Int(state.problem_mark.index))
        if let context = unsafe state.context {
            let place = unsafe source.location(ofCharacter: Int(state.context_mark.index))
            message += unsafe " \(String(cString: context))"
            message += " that starts at line \(place.line), column \(place.column)"
        }
        return SyntaxError(
            diagnostic: Diagnostic(
                at: source.location(ofByte: offset),
                message,
                hint: hint(forByteAt: offset)
            )
        )
    }

    private func hint(forByteAt offset: Int) -> String? {
        guard offset < source.bytes.count else { return nil }
        switch source.bytes[offset] {
        case 0x09: return "indent with spaces, not with tabs"
        case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
            return "put the value in quotes"
        default: return nil
        }
    }
}
