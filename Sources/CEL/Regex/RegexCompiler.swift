// SPDX-License-Identifier: Apache-2.0

/// Makes a program of a parsed expression.
struct RegexCompiler {
    private var program: [RegexInstruction] = []

    private static let sizeLimit = 100_000

    mutating func compile(_ node: RegexNode) throws(CELError) -> [RegexInstruction] {
        try add(node)
        program.append(.match)
        return program
    }

    private mutating func add(_ node: RegexNode) throws(CELError) {
        guard program.count < Self.sizeLimit else {
            throw CELError("error parsing regexp: expression too large")
        }
        switch node {
        case .empty: break
        case .one(let set): program.append(.one(of: set))
        case .check(let assertion): program.append(.check(assertion))
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .either(let nodes): try alternatives(nodes)
        case .repeated(let node, let least, let most):
            for _ in 0..<least { try add(node) }
            if let most {
                try optional(node, times: most - least)
            } else {
                try star(node)
            }
        }
    }

    private mutating func alternatives(_ nodes: [RegexNode]) throws(CELError) {
        var ends: [Int] = []
        for (index, node) in nodes.enumerated() {
            guard index + 1 < nodes.count else {
                try add(node)
                break
            }
            let split = program.count
            program.append(.split(split + 1, 0))
            try add(node)
            ends.append(program.count)
            program.append(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for end in ends { program[end] = .jump(program.count) }
    }

    private mutating func optional(_ node: RegexNode, times: Int) throws(CELError) {
        var splits: [Int] = []
        for _ in 0..<max(0, times) {
            splits.append(program.count)
            program.append(.split(0, 0))
            try add(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }

    private mutating func star(_ node: RegexNode) throws(CELError) {
        let split = program.count
        program.append(.split(0, 0))
        try add(node)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
    }
}
