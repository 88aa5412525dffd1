// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Writes a JSON value as YAML, as `kubectl -o yaml` prints it.
///
/// Block style with two spaces, lists flush with their key, keys in go-yaml's order (numbers inside names
/// by value), text with line breaks as literal blocks, long text folded at 80 columns, and quotes where a
/// plain scalar would be read as something else.
///
/// Source: go-yaml v2, `encode.go` and `sorter.go`.
package enum YAMLWriter {
    /// The value as one document in UTF-8, without `---`, ending in a line feed.
    package static func write(_ value: JSONValue) -> [UInt8] {
        let emitter = Emitter()
        emitter.beginDocument()
        write(value, to: emitter)
        return emitter.endDocument()
    }

    private static func write(_ value: JSONValue, to emitter: Emitter) {
        switch value {
        case .null: emitter.scalar("null", .plain)
        case .bool(let bool): emitter.scalar(bool ? "true" : "false", .plain)
        case .number(let text): emitter.scalar(number(text), .plain)
        case .string(let text): emitter.scalar(text, style(for: text))
        case .array(let elements):
            emitter.beginSequence(isEmpty: elements.isEmpty)
            for element in elements { write(element, to: emitter) }
            emitter.endSequence()
        case .object(let members):
            emitter.beginMapping(isEmpty: members.isEmpty)
            for member in members.sorted(by: { FieldOrder.precedes($0.key, $1.key) }) {
                emitter.scalar(member.key, style(for: member.key))
                write(member.value, to: emitter)
            }
            emitter.endMapping()
        }
    }

    /// Integers keep their text; the rest is printed as Go prints it.
    private static func number(_ text: String) -> String {
        guard case .float(let number) = try? ScalarResolver.resolve(text, tag: nil), number.isFinite
        else {
            return text
        }
        return GoNumber.general(number)
    }

    private static func style(for text: String) -> Emitter.Style {
        if text.utf8.contains(0x0a) { return .literal }
        if text == "<<" || hasSexagesimalForm(text) { return text == "<<" ? .plain : .doubleQuoted }
        guard case .string = try? ScalarResolver.resolve(text, tag: nil) else {
            return .doubleQuoted
        }
        return isTimestampLike(text) ? .doubleQuoted : .plain
    }

    /// Whether YAML 1.1 would read the text as a number in base 60 (`190:20:30`), which go-yaml does not.
    private static func hasSexagesimalForm(_ text: String) -> Bool {
        text.wholeMatch(of: /[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?/) != nil
    }

    /// Whether the text may be a date or time; go-yaml quotes those that are valid.
    private static func isTimestampLike(_ text: String) -> Bool {
        text.wholeMatch(
            of:
                /\d{4}-\d{1,2}-\d{1,2}([Tt]\d{1,2}:\d{1,2}:\d{1,2}([.,]\d+)?(Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}([.,]\d+)?)?/
        ) != nil
    }
}
