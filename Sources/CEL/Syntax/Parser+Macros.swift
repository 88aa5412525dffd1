// SPDX-License-Identifier: Apache-2.0

extension Parser {
    /// What a call stands for, if it is a macro's; nil for a call of a function.
    mutating func macro(
        _ name: String,
        target: Expression?,
        _ arguments: [Expression],
        at offset: Int
    ) -> Expression? {
        guard let target else {
            return name == "has" && arguments.count == 1 ? has(arguments[0], at: offset) : nil
        }
        switch (name, arguments.count) {
        case ("all", 2): return quantifier(.all, target, arguments, at: offset)
        case ("exists", 2): return quantifier(.exists, target, arguments, at: offset)
        case ("exists_one", 2), ("existsOne", 2):
            return quantifier(.existsOne, target, arguments, at: offset)
        case ("filter", 2): return quantifier(.filter, target, arguments, at: offset)
        case ("map", 2), ("map", 3):
            guard let variable = variable(arguments[0]) else { return .literal(.null, at: offset) }
            let comprehension = Comprehension(
                kind: .map,
                range: target,
                variable: variable,
                predicate: arguments.count == 3 ? arguments[1] : nil,
                transform: arguments[arguments.count - 1]
            )
            return .comprehension(comprehension, at: offset)
        default: return nil
        }
    }

    private mutating func has(_ argument: Expression, at offset: Int) -> Expression {
        if case .select(let value, let field, false, _) = argument {
            return .select(value, field: field, isTest: true, at: offset)
        }
        report("invalid argument to has() macro", at: argument.offset)
        return argument
    }

    private mutating func quantifier(
        _ kind: Comprehension.Kind,
        _ range: Expression,
        _ arguments: [Expression],
        at offset: Int
    ) -> Expression {
        guard let variable = variable(arguments[0]) else { return .literal(.null, at: offset) }
        let comprehension = Comprehension(
            kind: kind,
            range: range,
            variable: variable,
            predicate: arguments[1]
        )
        return .comprehension(comprehension, at: offset)
    }

    private mutating func variable(_ argument: Expression) -> String? {
        guard case .identifier(let name, _) = argument, !name.hasPrefix(".") else {
            report("argument is not an identifier", at: argument.offset)
            return nil
        }
        guard name != "__result__" else {
            report("iteration variable overwrites accumulator variable", at: argument.offset)
            return nil
        }
        return name
    }
}
