// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tekton

struct FieldErrorsTests {
    private func path(_ errors: FieldErrors) -> String? { errors.problems.first?.path }

    @Test func `paths join with points, indices and keys follow directly`() {
        let errors = FieldErrors("wrong", at: "name").at(3).at("steps").at("taskSpec").at("spec")
        #expect(path(errors) == "spec.taskSpec.steps[3].name")
        #expect(
            path(FieldErrors("wrong").at("params", key: "p").at("tasks", 0)) == "tasks[0].params[p]"
        )
        #expect(path(FieldErrors("wrong").at(1).at(0).at("results")) == "results[0][1]")
        #expect(path(FieldErrors("wrong", at: "a").at("")) == "a")
    }

    @Test func `a key with a point is no index, as Tekton prints it`() {
        #expect(path(FieldErrors("wrong", at: "x").at("params", key: "a.b")) == "params.[a.b].x")
    }

    @Test func `parts without a name are left out`() {
        #expect(path(FieldErrors("wrong", at: ".type").at("params")) == "params.type")
        #expect(path(FieldErrors("wrong", at: "a..b.type").at("params")) == "params.a.b.type")
    }

    @Test func `a problem may point elsewhere than its path says`() {
        let errors = FieldErrors("wrong", at: "tasks").pointing(to: "tasks[2]").at("spec")
        #expect(errors.problems.first?.path == "spec.tasks")
        #expect(errors.problems.first?.place == "spec.tasks[2]")
        let within = FieldErrors("wrong", at: "steps[0]").pointing(within: "taskSpec").at("spec")
        #expect(within.problems.first?.place == "spec.taskSpec.steps[0]")
    }
}
