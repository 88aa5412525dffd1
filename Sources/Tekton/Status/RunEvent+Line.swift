// SPDX-License-Identifier: Apache-2.0
package import JSON

extension RunEvent {
    /// The version of the event lines; readers refuse a higher one.
    package static let schemaVersion = 1

    /// The event as one line of a run's event file: `v`, `seq`, `time` and `event` first, then what
    /// belongs to the event.
    package func line(sequence: Int, time: String) -> JSONLine {
        if case .secretAccessed(let access) = self {
            return access.secret.line(
                access.access,
                by: access.pid,
                of: access.uid,
                executable: access.executable,
                sequence: sequence,
                time: Array(time.utf8)
            )
        }
        var line = JSONLine()
        line.add("v", RunEvent.schemaVersion)
        line.add("seq", sequence)
        line.add("time", time)
        switch self {
        case .runStarted(let run): RunEvent.add(run, to: &line)
        case .secretsFetched(let fetched): RunEvent.add(fetched, as: "secrets.fetched", to: &line)
        case .secretsRotated(let fetched): RunEvent.add(fetched, as: "secrets.rotated", to: &line)
        case .secretAccessed: break
        case .stepFinished(let step): RunEvent.add(step, to: &line)
        case .taskRunStarted(let name, let uid, let task):
            line.add("event", "taskrun.started")
            line.add("taskRun", name)
            line.add("uid", uid)
            line.add("task", task)
        case .stepStarted(let taskRun, let step, let image):
            line.add("event", "step.started")
            line.add("taskRun", taskRun)
            line.add("step", step)
            line.add("image", image)
        case .taskRunFinished(let name, let status, let reason, let message):
            line.add("event", "taskrun.finished")
            line.add("taskRun", name)
            line.add("status", status)
            line.add("reason", reason)
            line.add("message", message)
        case .pipelineRunStarted(let name, let uid, let pipeline):
            line.add("event", "pipelinerun.started")
            line.add("pipelineRun", name)
            line.add("uid", uid)
            line.add("pipeline", pipeline)
        case .taskSkipped(let pipelineRun, let task, let reason):
            line.add("event", "task.skipped")
            line.add("pipelineRun", pipelineRun)
            line.add("task", task)
            line.add("reason", reason)
        case .pipelineRunFinished(let name, let status, let reason, let message):
            line.add("event", "pipelinerun.finished")
            line.add("pipelineRun", name)
            line.add("status", status)
            line.add("reason", reason)
            line.add("message", message)
        case .noted(let text):
            line.add("event", "note")
            line.add("message", text)
        case .runFinished(let status, let reason, let exitCode, let audit):
            line.add("event", "run.finished")
            line.add("status", status)
            line.add("reason", reason)
            line.add("exitCode", exitCode)
            if let audit { line.add("audit", RunEvent.json(of: audit)) }
        }
        line.finish()
        return line
    }

    private static func add(_ run: RunStarted, to line: inout JSONLine) {
        line.add("event", "run.started")
        line.add("run", run.run)
        line.add("kind", run.kind)
        line.add("name", run.name)
        line.add("namespace", run.namespace)
        line.add("uid", run.uid)
        line.add("serviceAccount", run.serviceAccount)
        line.add("files", JSONValue.array(run.files.map { .string($0) }))
    }

    private static func json(of audit: RunAudit) -> JSONValue {
        .object([
            "reads": .integer(audit.reads), "steps": .integer(audit.steps),
            "masks": .integer(audit.masks), "leaks": .integer(audit.leaks),
            "bytes": .integer(audit.bytes),
        ])
    }

    private static func add(
        _ fetched: SecretsFetched,
        as event: String,
        to line: inout JSONLine
    ) {
        line.add("event", event)
        line.add("class", fetched.secretClass)
        line.add("provider", fetched.provider)
        let objects = fetched.objects.map { object in
            JSONValue.object([
                "name": .string(object.name),
                "version": .string(object.version),
                "requestID": .string(object.requestID),
                "hash": .string(object.fingerprint),
            ])
        }
        line.add("objects", JSONValue.array(objects))
    }

    private static func add(_ step: StepFinished, to line: inout JSONLine) {
        line.add("event", "step.finished")
        line.add("taskRun", step.taskRun)
        line.add("step", step.step)
        line.add("exitCode", step.exitCode)
        line.add("reason", step.reason)
        line.add("terminationReason", step.terminationReason)
    }
}
