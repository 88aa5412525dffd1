// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

/// What Tekton's conformance suite asks of any runner, in our words: a document on standard input, the finished
/// object on standard output.
///
/// The suite's 27 tests, each by its name; where it waits for 15 seconds, we wait for one. Two of them expect the
/// reason `Failed` where Tekton since v1.12 says `StepFailed` and `SidecarFailed`: Tekton itself fails those two.
@Suite("Tekton's conformance suite")
struct ConformanceTests {
    @Test(arguments: ConformanceCase.all)
    func `the object that comes back has the facts that the suite asks for`(
        conformance: ConformanceCase
    ) throws {
        let run = try Run("")
        let outcome = try Command(
            [Checkout.tacit, "run", "-o", "json", "-"],
            environment: run.environment,
            input: conformance.yaml
        ).run()
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        for (path, value) in conformance.facts {
            #expect(text(path, in: object) == value, "\(path): \(outcome)")
        }
        let code: Int32 =
            switch text("condition.reason", in: object) {
            case "Succeeded": 0
            case "TaskRunTimeout", "PipelineRunTimeout": 124
            default: 1
            }
        #expect(outcome.exitCode == code, "\(outcome)")
    }

    @Test func `the YAML that comes back is a document that runs again`() throws {
        let run = try Run("")
        var command = Command(
            [Checkout.tacit, "run", "-o", "yaml", "-"],
            environment: run.environment,
            input: ConformanceCase.pipelineRuns[0].yaml
        )
        let first = try command.run()
        #expect(first.exitCode == 0 && first.output.hasPrefix("apiVersion: "), "\(first)")
        command.input = first.output
        command.arguments[3] = "json"
        let second = try command.run()
        #expect(second.exitCode == 0, "\(second)")
        let object = try JSONValue.parse(Array(second.output.utf8))
        #expect(text("condition.reason", in: object) == "Succeeded")
    }

    /// The value at a path as `status.steps.0.name`; `count` stands for the length of a list.
    private func text(_ path: String, in object: JSONValue) -> String? {
        var value: JSONValue? = object
        for part in path.split(separator: ".") {
            switch part {
            case "condition":
                value = value?["status"]?["conditions"]?.array?.first {
                    $0["type"]?.string == "Succeeded"
                }
            case "count": return String(value?.array?.count ?? 0)
            default:
                guard let index = Int(part) else {
                    value = value?[String(part)]
                    continue
                }
                let list = value?.array ?? []
                value = list.indices.contains(index) ? list[index] : nil
            }
        }
        guard let value else { return nil }
        return value.string ?? String(decoding: value.serialize(), as: UTF8.self)
    }
}
