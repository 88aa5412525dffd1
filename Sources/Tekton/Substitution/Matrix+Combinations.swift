// SPDX-License-Identifier: Apache-2.0

extension Matrix {
    /// The params of each run that the matrix makes; within one sorted by name.
    ///
    /// The values of the first param vary fastest. A row of `include` completes the combinations that it does
    /// not contradict, and makes one of its own when none has any of its values.
    ///
    /// Source: `FanOut` of Tekton's `Matrix`.
    package var combinations: [[Param]] {
        let rows = include.map { row in
            Dictionary(row.params.map { ($0.name, $0.value.stringValue) }) { _, last in last }
        }
        if params.isEmpty { return rows.map(Self.params) }
        var combinations: [[String: String]] = []
        for param in params {
            if combinations.isEmpty {
                combinations = param.value.arrayValue.map { [param.name: $0] }
                continue
            }
            combinations = param.value.arrayValue.flatMap { value in
                combinations.map { $0.merging([param.name: value]) { _, new in new } }
            }
        }
        for index in combinations.indices {
            for row in rows where Self.agrees(row, with: combinations[index]) {
                combinations[index].merge(row) { _, new in new }
            }
        }
        for row in rows where !row.isEmpty {
            let isKnown = combinations.contains { combination in
                row.contains { combination[$0.key] == $0.value }
            }
            if !isKnown { combinations.append(row) }
        }
        return combinations.map(Self.params)
    }

    private static func agrees(_ row: [String: String], with known: [String: String]) -> Bool {
        row.allSatisfy { known[$0.key] == nil || known[$0.key] == $0.value }
    }

    private static func params(_ combination: [String: String]) -> [Param] {
        combination.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            var param = Param()
            param.name = $0.key
            param.value = .string($0.value)
            return param
        }
    }
}
