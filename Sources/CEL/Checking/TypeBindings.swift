// SPDX-License-Identifier: Apache-2.0

/// What is known of type variables, and whether one type may stand where another is wanted.
///
/// Source: `checker/types.go` of cel-go, whose order of trying is kept, for messages show its results.
struct TypeBindings: Sendable {
    private var bindings: [String: CELType] = [:]

    /// Whether a value of one type can be used as the other; on success what was learnt is kept.
    mutating func assign(_ left: CELType, to right: CELType) -> Bool {
        var trial = self
        guard trial.fits(left, right) else { return false }
        self = trial
        return true
    }

    /// The same for lists of types, all or none.
    mutating func assign(_ left: [CELType], to right: [CELType]) -> Bool {
        var trial = self
        guard trial.fit(left, right) else { return false }
        self = trial
        return true
    }

    /// A type with its variables replaced by what is known of them.
    func resolve(_ type: CELType, freeToDynamic: Bool = false) -> CELType {
        switch type {
        case .variable(let name):
            if let bound = bindings[name] { return resolve(bound, freeToDynamic: freeToDynamic) }
            return freeToDynamic ? .dynamic : type
        case .list(let element): return .list(resolve(element, freeToDynamic: freeToDynamic))
        case .map(let key, let value):
            return .map(
                resolve(key, freeToDynamic: freeToDynamic),
                resolve(value, freeToDynamic: freeToDynamic)
            )
        case .type(let inner):
            return .type(inner.map { resolve($0, freeToDynamic: freeToDynamic) })
        default: return type
        }
    }

    /// The more general of two types of which one fits the other.
    static func mostGeneral(_ left: CELType, _ right: CELType) -> CELType {
        isLessSpecific(left, right) ? left : right
    }

    private static func isLessSpecific(_ left: CELType, _ right: CELType) -> Bool {
        if left == .dynamic || left.isVariable { return true }
        if right == .dynamic || right.isVariable { return false }
        switch (left, right) {
        case (.list(let left), .list(let right)): return isLessSpecific(left, right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            return isLessSpecific(leftKey, rightKey) && isLessSpecific(leftValue, rightValue)
        case (.type, .type): return true
        default: return left == right
        }
    }

    private mutating func fits(_ left: CELType, _ right: CELType) -> Bool {
        if case .variable(let name) = right {
            let (isValid, isBound) = bind(name, to: left)
            if isValid { return true }
            if isBound { return false }
        }
        if case .variable(let name) = left { return bind(name, to: right).isValid }
        if left.isDynamicOrError || right.isDynamicOrError { return true }
        switch (left, right) {
        case (.null, .null), (.null, .duration), (.null, .timestamp), (.duration, .null),
            (.timestamp, .null), (.type, .type):
            return true
        case (.list, .list), (.map, .map): return fit(left.parameters, right.parameters)
        default: return left == right
        }
    }

    private mutating func fit(_ left: [CELType], _ right: [CELType]) -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left, right) where !fits(left, right) { return false }
        return true
    }

    private mutating func bind(_ name: String, to type: CELType) -> (isValid: Bool, isBound: Bool) {
        if type == .variable(name) { return (true, true) }
        if let bound = bindings[name] {
            if type == bound { return (true, true) }
            guard fits(type, bound) else { return (false, true) }
            let general = Self.mostGeneral(type, bound)
            if isFree(name, in: general) { bindings[name] = general }
            return (true, true)
        }
        guard isFree(name, in: type) else { return (false, false) }
        bindings[name] = type
        return (true, false)
    }

    /// Whether a variable does not occur within a type, which would have no end then.
    private func isFree(_ name: String, in type: CELType) -> Bool {
        if case .variable(let other) = type {
            if name == other { return false }
            return bindings[other].map { isFree(name, in: $0) } ?? true
        }
        return type.parameters.allSatisfy { isFree(name, in: $0) }
    }
}
