// SPDX-License-Identifier: Apache-2.0

/// A reference to a result of a pipeline task: `tasks.<task>.results.<result>` with an index or key.
package struct ResultReference: Sendable, Hashable {
    /// `tasks` or `finally`.
    package var section: String
    package var pipelineTask: String
    package var result: String
    /// The element of an array; `nil` for the whole or for another type.
    package var index: Int?
    /// The key of an object; `nil` for another type.
    package var key: String?

    /// Reads the inside of `$(...)`; `nil` when it is another kind of expression.
    package init?(_ expression: String) {
        guard Self.looksLikeOne(expression) else { return nil }
        let parts = Self.parts(expression)
        guard parts.count == 4 || parts.count == 5 else { return nil }
        section = parts[0]
        pipelineTask = parts[1]
        if parts.count == 5 {
            result = parts[3]
            key = parts[4]
        } else {
            result = VariableReference.withoutIndices(parts[3])
            index = Self.index(of: parts[3])
        }
    }

    /// Whether the expression has the form of one, be it well-formed or not.
    static func looksLikeOne(_ expression: String) -> Bool {
        let parts = parts(expression)
        return parts.count >= 4 && (parts[0] == "tasks" || parts[0] == "finally")
            && parts[2] == "results"
    }

    /// The number of the first `[number]`.
    private static func index(of name: String) -> Int? {
        guard let open = name.firstIndex(of: "[") else { return nil }
        return Int(name[name.index(after: open)...].prefix { $0 != "]" })
    }

    private static func parts(_ expression: String) -> [String] {
        expression.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
}
