// SPDX-License-Identifier: Apache-2.0
internal import CYAML

/// Owns a libyaml emitter that writes into memory.
///
/// Synchronous and confined to its creator's thread. libyaml's emitter fails only for want of memory or on
/// a wrong order of events, so a failure is a bug here.
@safe final class Emitter {
    enum Style {
        case plain
        case literal
        case doubleQuoted
    }

    /// What the emitter's callback appends to.
    private final class Output {
        var bytes: [UInt8] = []
    }

    private let output = Output()
    /// On the heap, as libyaml keeps pointers into it.
    private let emitter: UnsafeMutablePointer<yaml_emitter_t>

    init() {
        unsafe emitter = .allocate(capacity: 1)
        check(unsafe yaml_emitter_initialize(emitter), "yaml_emitter_initialize")
        let context = unsafe Unmanaged.passUnretained(output).toOpaque()
        unsafe yaml_emitter_set_output(
            emitter,
            { context, bytes, count in
                guard let context = unsafe context else { return 0 }
                let output = unsafe Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
                unsafe output.bytes += UnsafeBufferPointer(start: bytes, count: count)
                return 1
            },
            context
        )
        unsafe yaml_emitter_set_unicode(emitter, 1)
    }

    deinit {
        unsafe yaml_emitter_delete(emitter)
        unsafe emitter.deallocate()
    }

    func beginDocument() {
        unsafe emit("stream start") { event in
            unsafe yaml_stream_start_event_initialize(event, YAML_UTF8_ENCODING)
        }
        unsafe emit("document start") { event in
            unsafe yaml_document_start_event_initialize(event, nil, nil, nil, 1)
        }
    }

    /// Ends the document and the stream; the emitter is of no use afterwards.
    func endDocument() -> [UInt8] {
        unsafe emit("document end") { event in unsafe yaml_document_end_event_initialize(event, 1) }
        unsafe emit("stream end") { event in unsafe yaml_stream_end_event_initialize(event) }
        return output.bytes
    }

    func scalar(_ text: String, _ style: Style) {
        // libyaml wants an address even for no text.
        let bytes = Array(text.utf8) + [0]
        let style =
            switch style {
            case .plain: YAML_PLAIN_SCALAR_STYLE
            case .literal: YAML_LITERAL_SCALAR_STYLE
            case .doubleQuoted: YAML_DOUBLE_QUOTED_SCALAR_STYLE
            }
        unsafe emit("scalar") { event in
            unsafe bytes.withUnsafeBufferPointer { value in
                let count = CInt(value.count - 1)
                return unsafe yaml_scalar_event_initialize(
                    event,
                    nil,
                    nil,
                    value.baseAddress,
                    count,
                    1,
                    1,
                    style
                )
            }
        }
    }

    func beginSequence(isEmpty: Bool) {
        let style = isEmpty ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
        unsafe emit("sequence start") { event in
            unsafe yaml_sequence_start_event_initialize(event, nil, nil, 1, style)
        }
    }

    func endSequence() {
        unsafe emit("sequence end") { event in unsafe yaml_sequence_end_event_initialize(event) }
    }

    func beginMapping(isEmpty: Bool) {
        let style = isEmpty ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
        unsafe emit("mapping start") { event in
            unsafe yaml_mapping_start_event_initialize(event, nil, nil, 1, style)
        }
    }

    func endMapping() {
        unsafe emit("mapping end") { event in unsafe yaml_mapping_end_event_initialize(event) }
    }

    private func emit(
        _ operation: StaticString,
        _ initialize: (UnsafeMutablePointer<yaml_event_t>) -> CInt
    ) {
        var event = unsafe yaml_event_t()
        check(unsafe initialize(&event), operation)
        // Takes the event over, also when it fails.
        check(unsafe yaml_emitter_emit(emitter, &event), operation)
    }

    private func check(_ isDone: CInt, _ operation: StaticString) {
        precondition(isDone == 1, "libyaml emits what it is given: \(operation)")
    }
}
