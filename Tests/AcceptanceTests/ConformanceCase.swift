// SPDX-License-Identifier: Apache-2.0
import Testing

/// A document, and the facts that Tekton's conformance suite looks for in what comes back.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
    /// The suite's test.
    var name: String
    var yaml: String
    /// Places in the object, and what stands there.
    var facts: [(String, String)]

    static var all: [ConformanceCase] { steps + sidecars + taskRuns + pipelineRuns }

    var testDescription: String { name }
}
