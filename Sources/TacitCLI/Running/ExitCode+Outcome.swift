// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import RunEngine
internal import Tekton

extension ExitCode {
    /// The code that tells how a run ended.
    init(of run: FinishedRun) {
        if let signal = run.signal {
            self = signal == 2 ? .interrupted : .terminated
            return
        }
        switch run.failure {
        case .store: self = .storeFailed
        case .git(_, let error):
            self = error.code == .libraryMissing ? .hostLacking : .storeFailed
        case .host: self = .hostLacking
        case .memory: self = .hostLacking
        case .world, .record: self = .runFailed
        case nil:
            if run.condition.status == .succeeded {
                self = .success
            } else {
                // A TaskRun of a PipelineRun whose own time ran out is a failure like any other.
                let timeouts = ["TaskRunTimeout", "PipelineRunTimeout"]
                self = timeouts.contains(run.condition.reason) ? .timedOut : .runFailed
            }
        }
    }
}
