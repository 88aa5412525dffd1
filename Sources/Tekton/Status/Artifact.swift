// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Things of one kind that a step took in or produced.
package struct Artifact: Sendable, Hashable {
    /// One of them: where it is, and its digests by algorithm.
    package struct Value: Sendable, Hashable {
        package var digests: [String: String]
        package var uri: String

        package init(digests: [String: String], uri: String) {
            self.digests = digests
            self.uri = uri
        }
    }

    package var name: String
    package var values: [Value] = []
    package var isBuildOutput = false

    package init(name: String, values: [Value] = []) {
        self.name = name
        self.values = values
    }

    /// Fields of other names are passed over, as Go does; `nil` where one is of another type.
    init?(_ json: JSONValue) {
        guard json.object != nil, let name = Self.text(json["name"]) else { return nil }
        self.name = name
        switch json["buildOutput"] {
        case nil, .null: break
        case .bool(let value): isBuildOutput = value
        default: return nil
        }
        guard let list = json["values"], list != .null else { return }
        guard let elements = list.array else { return nil }
        for element in elements {
            guard element.object != nil, let uri = Self.text(element["uri"]),
                let digests = Self.texts(element["digest"])
            else { return nil }
            values.append(Value(digests: digests, uri: uri))
        }
    }

    private static func text(_ json: JSONValue?) -> String? {
        guard let json, json != .null else { return "" }
        return json.string
    }

    private static func texts(_ json: JSONValue?) -> [String: String]? {
        guard let json, json != .null else { return [:] }
        guard let members = json.object else { return nil }
        var texts: [String: String] = [:]
        for (name, member) in members {
            guard let text = text(member) else { return nil }
            texts[name] = text
        }
        return texts
    }

    /// The values as JSON text: what a reference to the artifact becomes.
    package var valuesText: String { GoJSONText.of(.array(values.map(\.json))) }

    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if !name.isEmpty { members["name"] = .string(name) }
        if !values.isEmpty { members["values"] = .array(values.map(\.json)) }
        if isBuildOutput { members["buildOutput"] = .bool(true) }
        return .object(members)
    }
}

extension Artifact.Value {
    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if !digests.isEmpty { members["digest"] = .object(digests.mapValues { .string($0) }) }
        if !uri.isEmpty { members["uri"] = .string(uri) }
        return .object(members)
    }
}
