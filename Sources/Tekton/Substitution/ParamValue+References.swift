// SPDX-License-Identifier: Apache-2.0

extension ParamValue {
    /// Whether a string holds a well-formed reference to anything.
    package var hasReference: Bool { !VariableExpressions.all(in: stringValue).isEmpty }

    /// The params that a string refers to, from left to right.
    package var paramReferences: [String] {
        VariableReference.all(in: stringValue, prefix: .params)
            .map { VariableReference.withoutIndices($0.variable) }
    }
}

extension PipelineTask {
    /// Whether params or conditions refer to results of other tasks.
    package var hasResultReferences: Bool {
        params.contains { VariableExpressions.all(in: $0.value).contains(where: Self.isResult) }
            || when.contains { VariableExpressions.all(in: $0).contains(where: Self.isResult) }
    }

    private static func isResult(_ expression: String) -> Bool {
        ResultReference.looksLikeOne(expression)
    }

    /// The single elements of array params that the task's params, matrix and conditions refer to.
    package var paramElements: [(name: String, index: Int)] {
        let texts = allParams.texts + when.flatMap { [$0.input, $0.cel] + $0.values }
        var found: [(String, Int)] = []
        for text in texts where text.utf8.contains(UInt8(ascii: "[")) {
            for reference in VariableReference.all(in: text, prefix: .params) {
                guard reference.name.hasSuffix("]"),
                    let open = reference.name.lastIndex(of: "["),
                    let index = Int(reference.name[open...].dropFirst().dropLast())
                else { continue }
                found.append((String(reference.name[..<open]), index))
            }
        }
        return found
    }

    /// What asks for the number of a matrix's runs, or of the results that they gave:
    /// `tasks.<task>.matrix.length`, `tasks.<task>.matrix.<result>.length`.
    package var matrixLengths: [(expression: String, task: String, result: String?)] {
        params.flatMap { VariableExpressions.all(in: $0.value) }.compactMap { expression in
            let parts = expression.split(separator: ".", omittingEmptySubsequences: false)
            guard (4...5).contains(parts.count), parts[2] == "matrix", parts.last == "length" else {
                return nil
            }
            return (expression, String(parts[1]), parts.count == 5 ? String(parts[3]) : nil)
        }
    }
}

extension PipelineResult {
    /// The references in the value.
    package var expressions: [String] { VariableExpressions.all(in: value) }
}
