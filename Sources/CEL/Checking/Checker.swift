// SPDX-License-Identifier: Apache-2.0

/// Finds the type of every part of an expression, and what does not fit.
///
/// Source: `checker/checker.go` of cel-go.
struct Checker {
    private(set) var issues = IssueList()
    private var bindings = TypeBindings()
    private var scopes: [[String: CELType]] = []
    private var variableCount = 0

    /// The type of an expression; `error` where an issue has been noted for it.
    mutating func type(of expression: Expression) -> CELType {
        switch expression {
        case .literal(let value, _): return value.type
        case .identifier(let name, let offset): return identifier(name, at: offset)
        case .select(let operand, let field, let isTest, let offset):
            return select(field, of: operand, isTest: isTest, at: offset)
        case .call(let name, let target, let arguments, let offset):
            return call(name, target, arguments, at: offset)
        case .logic(_, let terms, _):
            // Each is told of by itself, as cel-go does.
            return terms.map { mustBeBool($0) }.allSatisfy { $0 } ? .bool : .error
        case .list(let elements, _):
            return .list(common(elements))
        case .map(let entries, _):
            return map(entries)
        case .message(let name, let offset):
            issues.add("undeclared reference to '\(name)' (in container '')", at: offset)
            return .error
        case .comprehension(let comprehension, let offset):
            return type(of: comprehension, at: offset)
        }
    }

    private mutating func freshVariable() -> CELType {
        defer { variableCount += 1 }
        return .variable("_var\(variableCount)")
    }

    private mutating func mustBeBool(_ expression: Expression) -> Bool {
        let type = type(of: expression)
        if bindings.assign(type, to: .bool) { return true }
        mismatch(expected: .bool, found: type, at: expression.offset)
        return false
    }

    private mutating func mismatch(expected: CELType, found: CELType, at offset: Int) {
        issues.add("expected type '\(expected.name)' but found '\(found.name)'", at: offset)
    }

    private func lookup(_ name: String) -> CELType? {
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        if plain == name {
            for scope in scopes.reversed() {
                if let type = scope[plain] { return type }
            }
        }
        return CELType.named[plain].map { .type($0) }
    }

    private mutating func identifier(_ name: String, at offset: Int) -> CELType {
        if let type = lookup(name) { return type }
        issues.add("undeclared reference to '\(name)' (in container '')", at: offset)
        return .error
    }

    private mutating func select(
        _ field: String,
        of operand: Expression,
        isTest: Bool,
        at offset: Int
    ) -> CELType {
        if !isTest, let name = QualifiedName.of(operand, field), let type = CELType.named[name] {
            return .type(type)
        }
        let operandType = bindings.resolve(type(of: operand))
        var result = CELType.dynamic
        switch operandType {
        case .map(_, let value): result = value
        case .variable: _ = bindings.assign(.dynamic, to: operandType)
        case .dynamic, .error: break
        default:
            issues.add("type '\(operandType.name)' does not support field selection", at: offset)
        }
        return isTest ? .bool : bindings.resolve(result)
    }

    private mutating func call(
        _ name: String,
        _ target: Expression?,
        _ arguments: [Expression],
        at offset: Int
    ) -> CELType {
        var types = arguments.map { type(of: $0) }
        if let target { types.insert(type(of: target), at: 0) }
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        guard let overloads = FunctionTable.overloads[plain] else {
            issues.add("undeclared reference to '\(name)' (in container '')", at: offset)
            return .error
        }
        return resolve(plain, overloads, types, isMember: target != nil, at: offset)
    }

    /// The result of a function for arguments of some types; an issue where no overload takes them.
    private mutating func resolve(
        _ name: String,
        _ overloads: [FunctionTable.Overload],
        _ types: [CELType],
        isMember: Bool,
        at offset: Int
    ) -> CELType {
        var result: CELType?
        for overload in overloads where overload.isMember == isMember {
            let fresh = ["A": freshVariable(), "B": freshVariable()]
            let wanted = overload.arguments.map { Self.instance($0, fresh) }
            guard bindings.assign(types, to: wanted) else { continue }
            let given = bindings.resolve(Self.instance(overload.result, fresh))
            if let known = result, known != .dynamic, known != given {
                result = .dynamic
            } else {
                result = result ?? given
            }
        }
        if let result { return result }
        var names = types.map { bindings.resolve($0, freeToDynamic: true).name }
        let receiver = isMember ? names.removeFirst() + "." : ""
        issues.add(
            "found no matching overload for '\(name)' applied to"
                + " '\(receiver)(\(names.joined(separator: ", ")))'",
            at: offset
        )
        return .error
    }

    private static func instance(_ type: CELType, _ fresh: [String: CELType]) -> CELType {
        switch type {
        case .variable(let name): fresh[name] ?? type
        case .list(let element): .list(instance(element, fresh))
        case .map(let key, let value): .map(instance(key, fresh), instance(value, fresh))
        case .type(let inner): .type(inner.map { instance($0, fresh) })
        default: type
        }
    }

    /// The type of elements side by side: theirs if they fit together, else `dyn`.
    private mutating func common(_ elements: [Expression]) -> CELType {
        var joined: CELType?
        for element in elements { join(type(of: element), to: &joined) }
        return joined ?? freshVariable()
    }

    private mutating func join(_ type: CELType, to joined: inout CELType?) {
        guard let previous = joined else {
            joined = type
            return
        }
        joined =
            bindings.assign(previous, to: type)
            ? TypeBindings.mostGeneral(previous, type) : .dynamic
    }

    private mutating func map(_ entries: [Expression.MapEntry]) -> CELType {
        var key: CELType?
        var value: CELType?
        for entry in entries {
            join(type(of: entry.key), to: &key)
            join(type(of: entry.value), to: &value)
        }
        return .map(key ?? freshVariable(), value ?? freshVariable())
    }

    private mutating func type(of comprehension: Comprehension, at offset: Int) -> CELType {
        let range = bindings.resolve(type(of: comprehension.range))
        var element = CELType.dynamic
        switch range {
        case .list(let inner): element = inner
        case .map(let key, _): element = key
        case .dynamic, .error: break
        case .variable: _ = bindings.assign(.dynamic, to: range)
        default:
            issues.add(
                "expression of type '\(range.name)' cannot be range of a comprehension"
                    + " (must be list, map, or dynamic)",
                at: comprehension.range.offset
            )
            element = .error
        }
        scopes.append([comprehension.variable: element])
        defer { scopes.removeLast() }
        return result(of: comprehension, element: element, at: offset)
    }

    private mutating func result(
        of comprehension: Comprehension,
        element: CELType,
        at offset: Int
    ) -> CELType {
        let predicate = comprehension.predicate
        switch comprehension.kind {
        case .all, .exists:
            return predicate.map { mustBeBool($0) } ?? true ? .bool : .error
        case .existsOne: return filtered(.int, by: predicate, at: offset) == .error ? .error : .bool
        case .filter: return filtered(.list(element), by: predicate, at: offset)
        case .map:
            // The predicate stands before the transformation in the text, and its issues come first.
            let condition = predicate.map { type(of: $0) }
            let transformed = CELType.list(comprehension.transform.map { type(of: $0) } ?? .dynamic)
            return condition.map { conditional($0, transformed, at: offset) }
                ?? bindings.resolve(transformed)
        }
    }

    private mutating func filtered(
        _ type: CELType,
        by predicate: Expression?,
        at offset: Int
    ) -> CELType {
        let condition = predicate.map { self.type(of: $0) } ?? .bool
        return conditional(condition, type, at: offset)
    }

    private mutating func conditional(
        _ condition: CELType,
        _ type: CELType,
        at offset: Int
    ) -> CELType {
        let overloads = FunctionTable.overloads["_?_:_"] ?? []
        return resolve("_?_:_", overloads, [condition, type, type], isMember: false, at: offset)
    }
}
