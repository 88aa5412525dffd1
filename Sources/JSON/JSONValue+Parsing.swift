// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// An array or object that is not closed yet; only one of the two collections is in use.
    private struct Container {
        let isArray: Bool
        var elements: [JSONValue] = []
        var members: [String: JSONValue] = [:]
        var name = ""

        mutating func add(_ value: JSONValue) {
            if isArray { elements.append(value) } else { members[name] = value }
        }
    }

    /// Parses a text that holds exactly one JSON value (RFC 8259).
    ///
    /// Of members with the same name the last wins, as with every common parser. Numbers keep their text.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 without a byte order mark.
    ///   - depthLimit: how many arrays and objects may be open at once.
    /// - Returns: the value.
    /// - Throws: at the first byte that is not JSON, and on what follows the value.
    package static func parse(
        _ bytes: [UInt8],
        depthLimit: Int = JSONReader.defaultDepthLimit
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes, depthLimit: depthLimit)
        var open: [Container] = []
        var root: JSONValue?
        while let token = try reader.next() {
            if root != nil { throw JSONError(at: token.offset, "something follows the value") }
            guard let value = step(token, &open) else { continue }
            if open.isEmpty { root = value } else { open[open.count - 1].add(value) }
        }
        guard let root else { throw JSONError(at: bytes.count, "the text holds no value") }
        return root
    }

    /// Takes in one token; returns the value that it completes, if it does.
    private static func step(_ token: JSONToken, _ open: inout [Container]) -> JSONValue? {
        switch token.kind {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let text): return .number(text)
        case .string(let text): return .string(text)
        case .beginArray: open.append(Container(isArray: true))
        case .beginObject: open.append(Container(isArray: false))
        case .key(let name): open[open.count - 1].name = name
        case .endArray: return .array(open.removeLast().elements)
        case .endObject: return .object(open.removeLast().members)
        }
        return nil
    }
}
