// SPDX-License-Identifier: Apache-2.0

/// Names that stand more than once in a list, case not counting.
enum DuplicateNames {
    /// Reported at `[name].name`.
    static func byKey(_ names: [String]) -> FieldErrors {
        repeated(names).reduce(into: .none) { $0 += .multipleOneOf("name").at("[\($1.name)]") }
    }

    /// Reported at `[index].name`.
    static func byIndex(_ names: [String]) -> FieldErrors {
        repeated(names).reduce(into: .none) { $0 += .multipleOneOf("name").at($1.index) }
    }

    private static func repeated(_ names: [String]) -> [(index: Int, name: String)] {
        var seen: Set<String> = []
        return names.enumerated().filter { !seen.insert($0.element.lowercased()).inserted }
            .map { ($0.offset, $0.element) }
    }
}
