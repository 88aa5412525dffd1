// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// The time limits of a PipelineRun; zero means none.
struct PipelineLimits {
    var pipeline: GoDuration
    /// `nil` where nothing limits the tasks but the pipeline's own limit.
    var tasks: GoDuration?
    /// Counted from the first task of `finally`; `nil` where nothing limits them but the pipeline's limit.
    var finally: GoDuration?

    /// What one of the parts leaves of the whole is the other's.
    init(_ timeouts: PipelineTimeouts?) {
        pipeline = timeouts?.pipeline ?? RunDefaults.timeout
        tasks = timeouts?.tasks
        finally = timeouts?.finally
        guard let whole = timeouts?.pipeline, whole != .zero else { return }
        if tasks == nil, let finally, finally != .zero {
            tasks = GoDuration(nanoseconds: whole.nanoseconds - finally.nanoseconds)
        } else if finally == nil, let tasks, tasks != .zero {
            finally = GoDuration(nanoseconds: whole.nanoseconds - tasks.nanoseconds)
        }
    }
}
