// SPDX-License-Identifier: Apache-2.0

/// What kept a benchmark from measuring.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
