// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

struct ValidationBoundsTests {
    @Test(.timeLimit(.minutes(1)))
    func `a task that is wrong at every step is refused in bounded time`() throws {
        let steps = (0..<2_000).map { "  - {name: s\($0), image: i, script: \"$(params.a)\"}" }
        let manifest = try Manifest.parse(
            "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec:\n"
                + "  params: [{name: a, type: array}]\n  steps:\n"
                + steps.joined(separator: "\n") + "\n"
        )
        let found = ValidatedTask.validate(manifest)
        #expect(found.task == nil)
        #expect((1...500).contains(found.diagnostics.count))
        #expect(found.diagnostics.allSatisfy { $0.path.utf8.count < 1_100 })
    }

    @Test(.timeLimit(.minutes(1)))
    func `a chain of thousands of tasks is a graph`() throws {
        let tasks = (1..<5_000).map {
            "  - {name: t\($0), taskRef: {name: t}, runAfter: [t\($0 - 1)]}"
        }
        let manifest = try Manifest.parse(
            "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: a}\nspec:\n  tasks:\n"
                + "  - {name: t0, taskRef: {name: t}}\n" + tasks.joined(separator: "\n") + "\n"
        )
        #expect(ValidatedPipeline.validate(manifest).diagnostics.isEmpty)
    }
}
