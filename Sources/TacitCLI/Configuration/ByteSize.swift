// SPDX-License-Identifier: Apache-2.0

/// Numbers of bytes as Kubernetes writes quantities.
enum ByteSize {
    private static let units: [(suffix: String, factor: Int)] = [
        ("Ki", 1 << 10), ("Mi", 1 << 20), ("Gi", 1 << 30), ("Ti", 1 << 40), ("k", 1000),
        ("M", 1_000_000),
        ("G", 1_000_000_000), ("T", 1_000_000_000_000),
    ]

    /// Reads a whole number with an optional unit; `nil` when it is none, zero, or too large.
    static func parse(_ text: String) -> Int? {
        let unit = units.first { text.hasSuffix($0.suffix) }
        let digits = text.dropLast(unit?.suffix.count ?? 0)
        guard digits.allSatisfy(\.isWholeNumber), let number = Int(digits), number > 0 else {
            return nil
        }
        let (size, overflow) = number.multipliedReportingOverflow(by: unit?.factor ?? 1)
        return overflow ? nil : size
    }
}
