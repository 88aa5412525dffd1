// SPDX-License-Identifier: Apache-2.0

/// One line of the table: what was measured, what it is compared with, and what it should reach.
struct Figure {
    /// What is counted, and how it is shown.
    enum Unit {
        case milliseconds
        case microseconds
        case megabytes
        case megabytesPerSecond
        case perSecond
        case count
    }

    /// Which of measured and reference should be the smaller.
    enum Bound {
        /// The measured value is at most this, in the figure's unit.
        case below(Double)
        /// The measured value is more than this, in the figure's unit.
        case above(Double)
        /// Measured divided by reference is at most this.
        case ratioAtMost(Double)
        /// Measured divided by reference is at least this.
        case ratioAtLeast(Double)
    }

    var title: String
    var unit: Unit
    var measured: Double
    /// The reference's name and value; `nil` where the bound is absolute.
    var reference: (name: String, value: Double)?
    var bound: Bound

    private var ratio: Double? { reference.map { measured / $0.value } }

    private var isMet: Bool {
        switch bound {
        case .below(let limit): measured < limit
        case .above(let limit): measured > limit
        case .ratioAtMost(let limit): (ratio ?? .infinity) <= limit
        case .ratioAtLeast(let limit): (ratio ?? 0) >= limit
        }
    }

    private var cells: [String] {
        let target =
            switch bound {
            case .below(let limit): "under \(unit.text(limit))"
            case .above(let limit): "over \(unit.text(limit))"
            case .ratioAtMost(let limit): "at most \(limit.rounded(to: 3))x"
            case .ratioAtLeast(let limit): "at least \(limit.rounded(to: 3))x"
            }
        return [
            title,
            unit.text(measured),
            reference.map { "\(unit.text($0.value)) (\($0.name))" } ?? "-",
            ratio.map { "\($0.rounded(to: $0 < 0.1 ? 3 : 2))x" } ?? "-",
            target,
            isMet ? "met" : "MISSED",
        ]
    }

    /// All figures as one table in Markdown.
    static func table(_ figures: [Figure]) -> String {
        let heading = ["figure", "tacit", "reference", "ratio", "target", ""]
        let rows = [heading] + figures.map(\.cells)
        let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
                .joined(separator: " | ")
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: " | ")
        return ([lines[0], rule] + lines.dropFirst()).map { "| \($0) |" }.joined(separator: "\n")
    }
}

extension Figure.Unit {
    func text(_ value: Double) -> String {
        switch self {
        case .milliseconds: "\(value.rounded(to: 2)) ms"
        case .microseconds: "\(value.rounded(to: 2)) us"
        case .megabytes: "\(value.rounded(to: 1)) MB"
        case .megabytesPerSecond: "\(value.rounded(to: value < 20 ? 1 : 0)) MB/s"
        case .count: "\(Int(value))"
        case .perSecond: "\(value.rounded(to: 0))/s"
        }
    }
}
