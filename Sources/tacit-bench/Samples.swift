// SPDX-License-Identifier: Apache-2.0

/// Measurements of one thing, taken in turn with those of its reference.
struct Samples {
    /// How many rounds a median stands on.
    static let rounds = 21

    private var values: [Double] = []

    /// Adds one measurement.
    mutating func add(_ value: Double) {
        values.append(value)
    }

    /// The middle one; of an even number the upper of the two.
    var median: Double {
        precondition(!values.isEmpty, "a median stands on measurements")
        return values.sorted()[values.count / 2]
    }
}
