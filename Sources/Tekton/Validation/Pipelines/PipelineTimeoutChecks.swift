// SPDX-License-Identifier: Apache-2.0

/// The rules for the time limits of a PipelineRun.
struct PipelineTimeoutChecks {
    var timeouts: PipelineTimeouts?

    func validate() -> FieldErrors {
        guard let timeouts else { return .none }
        var errors = FieldErrors.none
        for (field, limit) in [
            ("tasks", timeouts.tasks), ("finally", timeouts.finally),
            ("pipeline", timeouts.pipeline),
        ] {
            if let limit, limit.nanoseconds < 0 {
                errors += .invalid("\(limit) should be >= 0", at: "timeouts.\(field)")
            }
        }
        if let whole = timeouts.pipeline { errors += parts(of: timeouts, within: whole) }
        return errors
    }

    private static let bound = "should be <= pipeline duration"

    private func parts(of timeouts: PipelineTimeouts, within whole: GoDuration) -> FieldErrors {
        var errors = FieldErrors.none
        for (field, limit) in [("tasks", timeouts.tasks), ("finally", timeouts.finally)] {
            guard let limit, whole != .zero else { continue }
            if limit == .zero {
                errors += .invalid("\(limit) (no timeout) \(Self.bound)", at: "timeouts.\(field)")
            } else if limit.nanoseconds > whole.nanoseconds {
                errors += .invalid("\(limit) \(Self.bound)", at: "timeouts.\(field)")
            }
        }
        if let tasks = timeouts.tasks, let finally = timeouts.finally,
            tasks.nanoseconds &+ finally.nanoseconds > whole.nanoseconds
        {
            for field in ["tasks", "finally"] {
                errors += .invalid("\(tasks) + \(finally) \(Self.bound)", at: "timeouts.\(field)")
            }
        }
        return errors
    }

    /// A task's own limit lies within that of the tasks, else of the pipeline, else the default.
    func validate(taskRunTimeout: GoDuration?) -> FieldErrors {
        guard let limit = taskRunTimeout else { return .none }
        let (most, source) =
            if let tasks = timeouts?.tasks {
                (tasks, "pipeline tasks duration")
            } else if let pipeline = timeouts?.pipeline {
                (pipeline, "pipeline duration")
            } else {
                (RunDefaults.timeout, "default pipeline duration")
            }
        for duration in [limit, most] where duration.nanoseconds < 0 {
            return .invalid("\(duration) should be >= 0", at: "timeout")
        }
        guard most != .zero, limit.nanoseconds > most.nanoseconds else { return .none }
        return .invalid("\(limit) should be <= \(source) \(most)", at: "timeout")
    }
}
