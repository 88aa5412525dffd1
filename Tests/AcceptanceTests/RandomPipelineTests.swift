// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

@Suite("Random pipelines")
struct RandomPipelineTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func `a pipeline comes to what the model says`(seed: UInt64) throws {
        let model = PipelineModel(RandomPipeline(seed: seed))
        try check(model, parallel: 1, seed)
        // In a run that stops, what is under way then depends on how quick each task is.
        if !model.everStopped { try check(model, parallel: 4, seed) }
    }

    private func check(_ model: PipelineModel, parallel: Int, _ seed: UInt64) throws {
        let host = try TacitHost()
        let file = try host.directory.write(model.pipeline.yaml, to: "pipeline.yaml")
        var command = host.tacit(["run", file, "-o", "json", "--children"])
        command.environment?["TACIT_PARALLEL_TASKS"] = String(parallel)
        let outcome = try command.run()
        let objects = try JSONValue.parse(Array(outcome.output.utf8))["items"]?.array ?? []
        let told: Comment = "seed \(seed), \(parallel) at once\n\(model.pipeline.yaml)\n\(outcome)"
        let status = try #require(objects.first?["status"], told)
        let condition = status["conditions"]?.array?.first
        #expect(condition?["status"]?.string == model.status, told)
        #expect(condition?["reason"]?.string == model.reason, told)
        #expect(condition?["message"]?.string?.hasPrefix(model.message) == true, told)
        let skipped = (status["skippedTasks"]?.array ?? []).map {
            ($0["name"]?.string ?? "", $0["reason"]?.string ?? "")
        }
        #expect(Dictionary(uniqueKeysWithValues: skipped) == model.skipped, told)
        #expect(outcome.exitCode == (model.status == "True" ? 0 : 1), told)
        checkResults(status, model, told)
        checkChildren(Array(objects.dropFirst()), model, told)
    }

    private func checkResults(_ status: JSONValue, _ model: PipelineModel, _ told: Comment) {
        var expected: [String: JSONValue] = ["out": .string(model.statuses)]
        for (index, values) in model.results {
            let isArray = model.pipeline.tasks[index].width > 0
            let texts = values.map { JSONValue.string($0) }
            expected["r\(index)"] = isArray ? .array(texts) : texts[0]
        }
        let found = (status["results"]?.array ?? []).map {
            ($0["name"]?.string ?? "", $0["value"] ?? .null)
        }
        #expect(Dictionary(uniqueKeysWithValues: found) == expected, told)
    }

    private func checkChildren(_ objects: [JSONValue], _ model: PipelineModel, _ told: Comment) {
        var expected: [String: String] = ["p-f": "True 0"]
        if model.results[model.pipeline.finalInput] != nil { expected["p-g"] = "True 0" }
        for (index, task) in model.pipeline.tasks.enumerated() {
            let word: String
            switch model.states[index] {
            case .succeeded: word = "True \(task.failures)"
            case .failed: word = "False \(task.retries)"
            default: continue
            }
            let suffixes = task.width == 0 ? [""] : (0..<task.width).map { "-\($0)" }
            for suffix in suffixes { expected["p-\(task.name)\(suffix)"] = word }
        }
        let found = objects.map { object in
            let status = object["status"]?["conditions"]?.array?.first?["status"]?.string ?? ""
            let retries = object["status"]?["retriesStatus"]?.array?.count ?? 0
            return (object["metadata"]?["name"]?.string ?? "", "\(status) \(retries)")
        }
        #expect(Dictionary(uniqueKeysWithValues: found) == expected, told)
    }
}
