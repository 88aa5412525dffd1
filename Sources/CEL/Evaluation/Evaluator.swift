// SPDX-License-Identifier: Apache-2.0

/// Computes the value of a checked expression.
struct Evaluator {
    private var scopes: [(name: String, value: CELValue)] = []
    private var work = 0
    let zones: CELTimeZones

    init(zones: CELTimeZones) { self.zones = zones }

    /// What an evaluation may cost: elements looked at and bytes joined.
    ///
    /// Tekton knows no bound; this one is there because nested `map`s of a short text can fill any memory.
    private static let workLimit = 20_000_000

    /// Counts work done.
    mutating func spend(_ amount: Int) throws(CELError) {
        work += amount
        if work > Self.workLimit {
            throw CELError("the expression takes too much work to evaluate")
        }
    }

    mutating func value(of expression: Expression) throws(CELError) -> CELValue {
        try spend(1)
        switch expression {
        case .literal(let value, _): return value
        case .identifier(let name, _): return try identifier(name)
        case .select(let operand, let field, let isTest, _):
            return try select(field, of: operand, isTest: isTest)
        case .call(let name, let target, let arguments, _):
            return try call(
                name.hasPrefix(".") ? String(name.dropFirst()) : name,
                target,
                arguments
            )
        case .logic(let isAnd, let terms, _): return try logic(isAnd: isAnd, terms)
        case .list(let elements, _):
            var values: [CELValue] = []
            for element in elements { values.append(try value(of: element)) }
            return .list(values)
        case .map(let entries, _):
            var map = CELMap()
            for entry in entries {
                let key = try value(of: entry.key)
                try map.add(value(of: entry.value), for: key)
            }
            return .map(map)
        case .message(let name, _): throw CELError("unknown type: \(name)")
        case .comprehension(let comprehension, _): return try value(of: comprehension)
        }
    }

    private func identifier(_ name: String) throws(CELError) -> CELValue {
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        if plain == name, let found = scopes.last(where: { $0.name == name }) { return found.value }
        guard let type = CELType.named[plain] else {
            throw CELError("no such attribute(s): \(plain)")
        }
        return .type(type.declaredName)
    }

    private mutating func select(
        _ field: String,
        of operand: Expression,
        isTest: Bool
    ) throws(CELError) -> CELValue {
        if !isTest, let name = QualifiedName.of(operand, field), let type = CELType.named[name] {
            return .type(type.declaredName)
        }
        guard case .map(let map) = try value(of: operand) else { throw .noSuchOverload }
        if isTest { return .bool(map[.string(field)] != nil) }
        guard let value = map[.string(field)] else { throw CELError("no such key: \(field)") }
        return value
    }

    /// One term that decides does so even where others fail.
    private mutating func logic(isAnd: Bool, _ terms: [Expression]) throws(CELError) -> CELValue {
        var failure: CELError?
        for term in terms {
            do throws(CELError) {
                guard case .bool(let value) = try value(of: term) else { throw .noSuchOverload }
                if value != isAnd { return .bool(value) }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(isAnd)
    }

    private mutating func call(
        _ name: String,
        _ target: Expression?,
        _ arguments: [Expression]
    ) throws(CELError) -> CELValue {
        if name == "_?_:_" {
            guard case .bool(let condition) = try value(of: arguments[0]) else {
                throw .noSuchOverload
            }
            return try value(of: arguments[condition ? 1 : 2])
        }
        var values: [CELValue] = []
        if let target { values.append(try value(of: target)) }
        for argument in arguments { values.append(try value(of: argument)) }
        return try apply(name, values)
    }

    private mutating func value(of comprehension: Comprehension) throws(CELError) -> CELValue {
        let elements =
            switch try value(of: comprehension.range) {
            case .list(let list): list
            case .map(let map): map.keys
            default: throw CELError.noSuchOverload
            }
        scopes.append((comprehension.variable, .null))
        defer { scopes.removeLast() }
        switch comprehension.kind {
        case .all, .exists:
            return try quantify(comprehension, elements, isAll: comprehension.kind == .all)
        case .existsOne: return .bool(try matching(comprehension, elements).count == 1)
        case .filter: return .list(try matching(comprehension, elements))
        case .map: return try transform(comprehension, elements)
        }
    }

    private mutating func test(
        _ predicate: Expression?,
        _ element: CELValue
    ) throws(CELError) -> Bool {
        scopes[scopes.count - 1].value = element
        guard let predicate else { return true }
        guard case .bool(let value) = try value(of: predicate) else { throw .noSuchOverload }
        return value
    }

    private mutating func quantify(
        _ comprehension: Comprehension,
        _ elements: [CELValue],
        isAll: Bool
    ) throws(CELError) -> CELValue {
        var failure: CELError?
        for element in elements {
            do throws(CELError) {
                if try test(comprehension.predicate, element) != isAll { return .bool(!isAll) }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(isAll)
    }

    private mutating func matching(
        _ comprehension: Comprehension,
        _ elements: [CELValue]
    ) throws(CELError) -> [CELValue] {
        var found: [CELValue] = []
        for element in elements where try test(comprehension.predicate, element) {
            found.append(element)
        }
        return found
    }

    private mutating func transform(
        _ comprehension: Comprehension,
        _ elements: [CELValue]
    ) throws(CELError) -> CELValue {
        guard let transform = comprehension.transform else { return .list(elements) }
        var made: [CELValue] = []
        for element in elements where try test(comprehension.predicate, element) {
            made.append(try value(of: transform))
        }
        return .list(made)
    }
}
