// SPDX-License-Identifier: Apache-2.0
import Diagnostics

extension TreeBuilder {
    private static let scalarTags: Set<String> = [
        "!!str", "!!bool", "!!int", "!!float", "!!null", "!!binary", "!!timestamp", "!!merge",
    ]

    mutating func addScalar(
        _ text: String,
        _ isPlain: Bool,
        _ event: YAMLEvent
    ) throws(SyntaxError) {
        let location = source.location(ofByte: event.start)
        let weight = Weight(textBytes: text.utf8.count)
        try spend(weight, at: location)
        let isKey = frames.last.map { $0.isMapping && $0.key == nil } ?? false
        let value = try resolve(text, event.tag, isKey: isKey, at: location)
        let scalar = YAMLScalar(
            text: text,
            isPlain: isPlain,
            value: value,
            block: event.block
        )
        let node = YAMLNode(at: location, .scalar(scalar))
        if let anchor = event.anchor { anchors[anchor] = .complete(node, weight) }
        let isMerge = text == "<<" && (event.tag == nil || event.tag == "!!merge")
        try attach(node, weight, isMerge: isMerge)
    }

    private mutating func resolve(
        _ text: String,
        _ tag: String?,
        isKey: Bool,
        at location: SourceLocation
    ) throws(SyntaxError) -> YAMLScalar.Value {
        if let tag, !Self.scalarTags.contains(tag) {
            try report(
                Diagnostic(
                    .warning,
                    at: location,
                    "tag `\(tag)` has no meaning; the value is a string"
                )
            )
        }
        do {
            switch try ScalarResolver.resolve(text, tag: tag) {
            case .null: return .null
            case .bool(let bool): return .bool(bool)
            case .integer(let number): return .number(String(number))
            case .unsigned(let number): return .number(String(number))
            case .string(let string): return .string(string)
            case .float(let number):
                if let printed = GoNumber.json(number) { return .number(printed) }
                if isKey { return .string(GoNumber.fieldName(number)) }
            }
        } catch {
            try report(Diagnostic(at: location, error.message))
            return .string(text)
        }
        try report(
            Diagnostic(
                at: location,
                "`\(text)` is a number that JSON does not have",
                hint: "put it in quotes if it is text"
            )
        )
        return .string(text)
    }

    mutating func checkCollectionTag(
        _ tag: String?,
        _ expected: String,
        at location: SourceLocation
    ) throws(SyntaxError) {
        guard let tag, tag != expected, tag != "!" else { return }
        try report(Diagnostic(.warning, at: location, "tag `\(tag)` has no meaning and is ignored"))
    }

    mutating func expandAlias(_ name: String, _ event: YAMLEvent) throws(SyntaxError) {
        let location = source.location(ofByte: event.start)
        switch anchors[name] {
        case .complete(let node, let weight):
            try checkDepth(frames.count + weight.height, at: location)
            try spend(weight, at: location)
            try attach(node, weight, isMerge: false)
        case .open:
            try report(Diagnostic(at: location, "anchor `\(name)` contains itself"))
            try attachNull(at: location)
        case nil:
            try report(Diagnostic(at: location, "no anchor `&\(name)` stands before `*\(name)`"))
            try attachNull(at: location)
        }
    }

    private mutating func attachNull(at location: SourceLocation) throws(SyntaxError) {
        let scalar = YAMLScalar(text: "", isPlain: true, value: .null)
        try attach(YAMLNode(at: location, .scalar(scalar)), Weight(), isMerge: false)
    }

    mutating func addEntry(
        _ key: YAMLNode,
        isMerge: Bool,
        _ value: YAMLNode
    ) throws(SyntaxError) {
        if isMerge { return try merge(value) }
        guard case .scalar(let scalar) = key.content else {
            return try report(
                Diagnostic(at: key.location, "a list or mapping cannot be a field's name")
            )
        }
        guard let name = scalar.fieldName else {
            let shown = scalar.text.isEmpty ? "an empty value" : "`\(scalar.text)`"
            return try report(
                Diagnostic(
                    at: key.location,
                    "\(shown) cannot be a field's name",
                    hint: "put it in quotes"
                )
            )
        }
        guard let earlier = frames[frames.count - 1].mapping.add(key, name: name, value) else {
            return
        }
        let place = earlier.location
        let first = "line \(place.line), column \(place.column)"
        try report(Diagnostic(at: key.location, "duplicate key `\(name)`, first at \(first)"))
    }

    /// Carries out a merge.
    ///
    /// Of several mappings the earlier one wins.
    private mutating func merge(_ value: YAMLNode) throws(SyntaxError) {
        var mappings = [value]
        if case .sequence(let elements) = value.content { mappings = elements.reversed() }
        for mapping in mappings {
            guard case .mapping(let entries) = mapping.content else {
                let message = "`<<` takes a mapping or a list of mappings"
                return try report(Diagnostic(at: mapping.location, message))
            }
            frames[frames.count - 1].mapping.merge(entries)
        }
    }
}
